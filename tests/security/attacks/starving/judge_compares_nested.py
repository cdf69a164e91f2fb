# tries: a deep and wide structure where a text is expected
# outcome: failed|error
def label():
    return {str(i): [i, {"a": (i, "кот")}] for i in range(20_000)}


def count(n):
    return [[i] * 5 for i in range(50_000)]
