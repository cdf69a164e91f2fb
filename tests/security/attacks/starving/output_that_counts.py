# tries: a few megabytes of output beside the right answer; only its end is kept
# points: 0.2
# outcome: passed
# hides: the first line
def count(n):
    print("the first line")
    print("\x00\x1b[2Jы" * 2**20)
    return sum(range(n))
