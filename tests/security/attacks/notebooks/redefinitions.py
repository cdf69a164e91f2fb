# tries: the same name defined wrong after it was defined right, in decorators, branches and at last through globals
# builder: yes
# outcome: failed|error
import json


def files():
    sources = [
        "def count(n): return sum(range(n))",
        "def fool(f): return lambda *a: -1",
        "if True:\n    @fool\n    def count(n): return sum(range(n))",
        "globals()['count'] = lambda n: sum(range(n)) + 1",
    ]
    return {"assignment.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": s} for s in sources]}).encode()}
