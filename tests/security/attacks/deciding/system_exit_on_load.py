# tries: to leave through SystemExit while the module is loaded
# outcome: crashed|error
import sys


class halve:
    sys.exit(0)
