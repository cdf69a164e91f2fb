# tries: thousands of star imports and definitions, each of which the judge would look at with each
# builder: yes
# outcome: failed|error|missing|crashed|timeout
# seconds: 3
def files():
    many = range(2000)
    cells = ["\n".join(f"from module_{i} import *" for i in many), "\n".join(f"def f{i}(): return torch{i}" for i in many)]
    cells += ["def count(n): return [" + ", ".join(f"f{i}" for i in many) + "]"]
    return {"assignment.py": "\n# %%\n".join(cells).encode()}
