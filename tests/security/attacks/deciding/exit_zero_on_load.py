# tries: to end the process with status 0 while the module is loaded
# outcome: crashed
import os


class halve:
    os._exit(0)
