# tries: infinity, whose distance to anything is infinite
# outcome: failed
# message: бесконечность
def halve(x):
    return x * float("inf")


def log(x):
    return float("inf")
