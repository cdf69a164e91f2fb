# tries: ten thousand small files beside the right answer
# builder: yes
# points: 0.2
# outcome: passed
# seconds: 4
def files():
    return {f"data/{i:05}.txt": b"x" * 1000 for i in range(10_000)} | {"assignment.py": b"def count(n): return sum(range(n))"}
