# tries: to exhaust the judge by a module that is nested without end
# points: 1
# outcome: passed
# builder: yes


def files():
    return {
        "assignment.py": b"def count(n):\n    return sum(range(n))\n",
        "helper.py": b"x = " + b"(" * 100_000 + b")" * 100_000 + b"\n",
    }
