# tries: one operation on integers that holds the interpreter
# outcome: timeout|memory
# seconds: 1.5
def count(n):
    return 9**9**9 % 7
