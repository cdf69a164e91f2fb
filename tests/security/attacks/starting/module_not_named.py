# tries: to bring along files that the assignment does not name, in place of libraries and of the course's own
# points: 1
# outcome: passed
# builder: yes

MAIN = b"""
import os


def count(n):
    if os.path.exists('random.py') or os.path.exists('data/other.txt') or open('data/numbers.txt').read() != '1 2 3\\n':
        raise RuntimeError(str(os.listdir('.')))
    return sum(range(n))
"""


def files():
    return {
        "assignment.py": MAIN,
        "random.py": b"raise SystemExit\n",
        "data/other.txt": b"mine\n",
        "data/numbers.txt": b"9\n",
        "../helper.py": b"raise SystemExit\n",
        "tests/test_count.py": b"",
    }
