# tries: a line of eighty thousand letters in every frame of a traceback, so that the report grows beyond its limit
# builder: yes
# outcome: error|failed
# seconds: 3
def files():
    long = "x" * 80_000
    names = ("count", "label", "log", "secret", "halve")
    source = "".join(
        f"def {name}(*a, n=30):\n    return {name}(n=n - 1) if n else 1 / 0, '{long}'\n#%%\n" for name in names
    )
    return {"assignment.py": source.encode()}
