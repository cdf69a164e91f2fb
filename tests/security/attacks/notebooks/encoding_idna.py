# tries: a declared encoding that raises another error than the usual one
# builder: yes
# outcome: missing|failed
def files():
    return {"assignment.py": b"# coding: idna\ndef count(n): return 1\n" + b"# " + b"a" * 70 + b".." + b"\xff\n"}
