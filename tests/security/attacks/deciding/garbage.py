# tries: random bytes
# outcome: crashed|timeout
# seconds: 1.5
import os


def count(n):
    os.write(3, os.urandom(2**16))
    os.read(3, 1)
