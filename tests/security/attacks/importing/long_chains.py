# tries: chains of three hundred attributes, of which the judge would follow each part from its beginning
# outcome: error|timeout
# seconds: 5
# builder: yes
def files():
    chain = "torch" + ".x" * 300
    lines = ["import torch\n"]
    for i in range(300):
        lines.append(f"a{i} = {chain}\n")
        if i % 100 == 0:
            lines.append("# %%\n")
    names = ", ".join(f"a{i}" for i in range(300))
    return {"assignment.py": "".join([*lines, f"def count(n):\n    return {names}\n"]).encode()}
