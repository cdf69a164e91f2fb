# tries: a file of three hundred megabytes beside the right answer
# builder: yes
# points: 0.2
# outcome: passed
# seconds: 5
def files():
    return {"weights.pt": bytes(300 * 2**20), "assignment.py": b"def count(n): return sum(range(n))"}
