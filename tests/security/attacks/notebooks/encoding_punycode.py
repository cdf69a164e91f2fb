# tries: a declared encoding whose decoder needs quadratic time
# builder: yes
# outcome: missing|failed|error
# seconds: 3
def files():
    return {"assignment.py": b"# coding: punycode\ndef count(n): return 1\n-" + b"aaaaaaaaab" * 25_000}
