# tries: to leave files and folders behind, also in other places than its own
# points: 0.2
# outcome: passed
import os
import sys


def count(n):
    for place in ("/tmp", "/var/tmp", "/dev", "/dev/shm", "/", "/etc", "/usr", "/usr/local", "/work", "/root", *sys.path):
        try:
            os.makedirs(f"{place}/kafedra_attack_folder")
            open(f"{place}/kafedra_attack", "w").close()
        except OSError:
            pass
    return sum(range(n))
