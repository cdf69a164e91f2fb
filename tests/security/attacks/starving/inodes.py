# tries: a hundred thousand empty files, folders and links
# outcome: error
# message: OSError
import os


def halve(x):
    for number in range(100_000):
        open(f"/tmp/kafedra_attack{number}", "w").close()


def count(n):
    for number in range(100_000):
        os.mkdir(f"/tmp/kafedra_attack_{number}")


def label():
    for number in range(100_000):
        os.symlink("/dev/zero", f"/tmp/kafedra_attack__{number}")
