# tries: a file whose name is bytes that are no text, as git hands them out
# builder: yes
# points: 0.2
# outcome: passed
def files():
    return {"\udcff\udcfe.ipynb": b"{}", "assignment.py": b"def count(n): return sum(range(n))"}
