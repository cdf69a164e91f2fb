# tries: to leave through SystemExit, which `except Exception` does not catch
# outcome: error
# message: SystemExit
import sys


def halve(x):
    sys.exit(0)


def count(n):
    raise SystemExit("passed")
