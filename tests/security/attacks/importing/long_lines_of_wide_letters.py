# tries: lines of letters that take four bytes each, in every frame of a traceback: one test's report beyond its limit
# outcome: error|failed
# seconds: 3
# builder: yes
def files():
    long = "😀" * 99_000
    names = ("count", "label", "log", "secret", "halve")
    source = "".join(
        f"def {name}(*a, n=30):\n    return {name}(n=n - 1) if n else 1 / 0, '{long}'\n# %%\n" for name in names
    )
    return {"assignment.py": source.encode()}
