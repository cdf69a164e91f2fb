# tries: expressions so deep that the judge's own walk over the syntax tree overflows its stack
# builder: yes
# outcome: failed|error|missing|crashed|timeout
# seconds: 3
def files():
    source = "import torch\n"
    source += "A = torch" + ".a" * 1500 + "\n"
    source += "B = " + "-" * 80 + "1\n"
    source += "C = " + "+".join(["1"] * 1400) + "\n"
    source += "D = torch" + "()" * 1400 + "\n"
    source += "def count(n):\n    return A, B, C, D\n"
    return {"assignment.py": source.encode()}
