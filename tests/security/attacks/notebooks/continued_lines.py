# tries: cells that end in a backslash, an open string, a bracket, so that they swallow the cell after them
# builder: yes
# points: 0.2
# outcome: passed|missing|error|failed
import json


def files():
    sources = ["label = 1 \\", "log = '''", "secret = (", "halve = 1; \\\n", "def Layer(): pass; \\", "def count(n): return sum(range(n))"]
    return {"assignment.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": s} for s in sources]}).encode()}
