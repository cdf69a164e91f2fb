# tries: to hang up and live on
# outcome: crashed
# seconds: 1.5
import os
import time


def count(n):
    os.close(3)
    time.sleep(60)
