# tries: a declared encoding (utf-7) in which other people read other code
# builder: yes
# outcome: missing|failed
def files():
    return {"assignment.py": "def count(n): return -1\n# +AAo-def count(n): return 2\n".encode().join([b"# coding: utf-7\n", b""])}
