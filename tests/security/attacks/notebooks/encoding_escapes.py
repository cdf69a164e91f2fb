# tries: a declared encoding in which a comment turns into code and into halves of characters
# builder: yes
# outcome: missing|error|failed
def files():
    return {"assignment.py": b"# coding: unicode_escape\n# \\ud800 \\x00 \\ndef count(n): return '\\ud800'\n"}
