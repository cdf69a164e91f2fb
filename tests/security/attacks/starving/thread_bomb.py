# tries: threads without end
# outcome: error|timeout|memory|crashed
# seconds: 1.5
import threading


def count(n):
    while True:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
