# tries: a regular expression that needs exponential time
# outcome: timeout
# seconds: 1.5
import re


def count(n):
    return bool(re.match(r"(a+)+$", "a" * 60 + "b"))
