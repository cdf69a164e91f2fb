# tries: halves of surrogate pairs, zero bytes and controls in the text of cells
# builder: yes
# outcome: missing|error|crashed|failed
import json


def files():
    sources = ["def label(): return '\ud800'", "def count(n): return '\x00'", "\udfff = 1", "def log(x): return '\u202e\x1b[2J'"]
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return {"assignment.ipynb": json.dumps({"cells": cells}).encode()}
