# tries: twelve thousand names, each a part of the one before: the dotted paths that they spell grow to gigabytes
# outcome: error|timeout
# seconds: 6
# builder: yes
def files():
    lines = ["import torch as a0\n"]
    for i in range(1, 12_000):
        lines.append(f"a{i} = a{i - 1}.{'x' * 60}\n")
        if i % 1000 == 0:
            lines.append("# %%\n")
    return {"assignment.py": "".join([*lines, "def count(n):\n    return a11999\n"]).encode()}
