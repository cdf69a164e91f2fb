# tries: a list that holds itself
# outcome: error
# message: deeper
def count(n):
    value = []
    value.append(value)
    return value
