# tries: a forbidden API with a name of ninety thousand letters, which every message would repeat
# builder: yes
# outcome: forbidden
# seconds: 3
def files():
    names = ("count", "label", "log", "secret", "halve")
    source = "import torch\n# %%\n"
    source += "# %%\n".join(f"def {name}(*a): return torch.special.{'x' * 90_000}\n" for name in names)
    return {"assignment.py": source.encode()}
