# tries: a list that holds the same list many times over: small here, endless once written out
# outcome: timeout|memory|crashed|error
# seconds: 1.5
def count(n):
    value = [0]
    for _ in range(60):
        value = [value] * 10
    return value
