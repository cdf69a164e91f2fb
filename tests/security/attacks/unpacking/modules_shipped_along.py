# tries: modules of its own in place of torch, numpy, kafedra, msgpack and of what Python runs at its start
# builder: yes
# points: 0.2
# outcome: passed|error
def files():
    evil = b"raise SystemExit(0)\n"
    names = ("torch", "numpy", "kafedra", "msgpack", "sitecustomize", "usercustomize", "pytest", "socket", "encodings")
    shipped = {f"{name}.py": evil for name in names} | {f"{name}/__init__.py": evil for name in names}
    shipped["kafedra_attack.pth"] = b"import os; os._exit(0)"
    shipped["__pycache__/torch.cpython-311.pyc"] = bytes(100)
    return shipped | {"assignment.py": b"import torch\ndef count(n):\n    return int(torch.arange(n).sum())\n"}
