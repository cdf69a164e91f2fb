# tries: a notebook in UTF-16 with a mark and a module in an encoding of its own
# builder: yes
# points: 0.2
# outcome: passed|missing
import json


def files():
    cell = {"cell_type": "code", "source": "def count(n): return sum(range(n))"}
    return {"assignment.ipynb": json.dumps({"cells": [cell]}).encode("utf-16")}
