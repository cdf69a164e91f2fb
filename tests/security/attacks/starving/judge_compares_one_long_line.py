# tries: the same with one line of a million letters
# outcome: failed
def label():
    return "кот " * 200_000
