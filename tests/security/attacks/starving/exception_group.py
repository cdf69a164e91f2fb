# tries: exceptions that hold each other, as cause and as context, by the thousand
# outcome: error
def count(n):
    error = ValueError("one")
    for _ in range(5000):
        error = ExceptionGroup("more", [error])
    raise error


def label():
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    first.__context__, second.__context__ = second, first
    raise first
