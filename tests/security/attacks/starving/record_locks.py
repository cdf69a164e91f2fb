# tries: a lock on every second byte of its files: memory of the kernel that no limit counts
# outcome: timeout|failed|error
import fcntl
import os


def count(n):
    files = [os.open(f"/tmp/kafedra_attack_{i}", os.O_RDWR | os.O_CREAT) for i in range(40)]
    place = 0
    while True:
        place += 2
        for file in files:
            fcntl.lockf(file, fcntl.LOCK_EX, 1, 2**40 - place)
