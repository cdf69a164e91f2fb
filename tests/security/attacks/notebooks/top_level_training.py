# tries: endless training, input and exits at the top level, none of which is run
# builder: yes
# points: 0.2
# outcome: passed
import json


def files():
    sources = [
        "while True:\n    pass",
        "import os\nos._exit(0)",
        "exit()",
        "input('?')",
        "raise SystemExit",
        "for i in range(10**12):\n    epoch = i",
        "def count(n):\n    return sum(range(n))",
        "await something()",
        "assert False",
    ]
    return {"assignment.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": s} for s in sources]}).encode()}
