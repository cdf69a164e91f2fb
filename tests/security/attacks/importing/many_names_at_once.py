# tries: one statement that binds fifteen thousand names, each of which would remember all the others
# outcome: error|passed|failed
# seconds: 4
# points: 0.2
# builder: yes
def files():
    names = ", ".join(f"a{i:x}" for i in range(13_000))
    return {"assignment.py": f"{names} = range(13_000)\n\n\ndef count(n):\n    return sum(range(n)) + a0\n".encode()}
