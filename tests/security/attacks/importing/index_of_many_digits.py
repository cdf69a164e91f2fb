# tries: a number of sixty thousand digits where the judge reads the name of an attribute: writing it out raises ValueError
# outcome: error
# builder: yes
def files():
    digits = "f" * 60_000
    source = f"import torch\n\nodd = vars(torch)[0x{digits}]\n\n\ndef count(n):\n    return odd\n"
    return {"assignment.py": source.encode()}
