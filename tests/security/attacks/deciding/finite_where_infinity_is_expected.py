# tries: any finite number where the expected one is infinite: the tolerance there is infinite too
# outcome: failed
def log(x):
    return 5.0
