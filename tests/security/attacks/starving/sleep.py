# tries: to wait for something that never happens
# outcome: timeout
# seconds: 1.5
import threading


def count(n):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
