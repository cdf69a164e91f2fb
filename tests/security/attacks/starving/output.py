# tries: to print more than anybody wants to keep
# outcome: timeout
# seconds: 1.5
# hides: the first line
def count(n):
    print("the first line")
    while True:
        print("x" * 100_000)
