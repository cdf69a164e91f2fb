# tries: source that the judge can read and the sandbox, with its limit, cannot
# builder: yes
# outcome: error|missing|memory|crashed|failed
# seconds: 6
def files():
    cells = ["# %%\nT%d = [%s]" % (i, "0," * 49_000) for i in range(9)]
    cells.append("# %%\ndef count(n):\n    return " + " + ".join(f"T{i}" for i in range(9)))
    return {"assignment.py": "\n".join(cells).encode()}
