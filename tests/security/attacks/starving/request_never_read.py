# tries: not to read what the judge sends
# outcome: timeout|crashed
# seconds: 2
import os
import time


class count:
    os.set_blocking(3, False)
    while True:
        time.sleep(10)
