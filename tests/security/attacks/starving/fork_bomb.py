# tries: to fork without end
# outcome: timeout|crashed|error
# seconds: 1.5
import os


def count(n):
    while True:
        try:
            os.fork()
        except OSError:
            pass
