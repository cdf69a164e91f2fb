# tries: a declared encoding that exists and refuses everything
# builder: yes
# outcome: missing
def files():
    return {"assignment.py": b"# -*- coding: undefined -*-\ndef count(n): return 1\n"}
