# tries: an exception whose text ends the process
# outcome: crashed|error
import os


class Exits(Exception):
    def __str__(self):
        os._exit(0)


class Raises(Exception):
    def __str__(self):
        raise SystemExit(0)


def count(n):
    raise Exits


def label():
    raise Raises
