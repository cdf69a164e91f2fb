# tries: threads that go on after the answer, and one that answers again later
# points: 0.3
# outcome: passed
import threading
import time


def forever():
    while True:
        time.sleep(0.001)


def count(n):
    for _ in range(4):
        threading.Thread(target=forever, daemon=False).start()
    return sum(range(n))


def label():
    return "кот"
