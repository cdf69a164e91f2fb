# tries: an exception whose text never ends
# outcome: timeout
# seconds: 1.5
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def count(n):
    raise Endless
