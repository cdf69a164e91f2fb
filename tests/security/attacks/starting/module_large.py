# tries: to fill the sandbox with a file beside the notebook, so that it can't even start
# points: 0
# outcome: missing
# message: файлы посылки больше
# builder: yes


def files():
    return {"assignment.py": b"def count(n):\n    return sum(range(n))\n", "helper.py": b"#" * (5 * 2**20)}
