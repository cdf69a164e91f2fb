# tries: open files without end
# outcome: error
import os


def count(n):
    while True:
        os.open("/dev/null", os.O_RDONLY)
