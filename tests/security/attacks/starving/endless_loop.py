# tries: to compute for ever
# outcome: timeout
# message: 0,5 с
# seconds: 1.5
def count(n):
    while True:
        pass
