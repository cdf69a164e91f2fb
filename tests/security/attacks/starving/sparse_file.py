# tries: a file of a terabyte without a byte in it
# outcome: error
import os


def count(n):
    with open("/tmp/kafedra_attack", "wb") as file:
        os.ftruncate(file.fileno(), 2**40)


def label():
    with open("/tmp/kafedra_attack", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 2**30)
