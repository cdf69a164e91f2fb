# tries: to keep the channel open in a daemon while the first process ends
# outcome: crashed
import os
import time


def count(n):
    if os.fork() == 0:
        os.setsid()
        while True:
            time.sleep(1)
    os._exit(0)
