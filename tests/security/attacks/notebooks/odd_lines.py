# tries: form feeds, vertical tabs, carriage returns, byte order marks and line separators between statements
# builder: yes
# points: 0.2
# outcome: passed|missing|error|failed
import json


def files():
    sources = [
        "\x0cdef label():\r    return 1\x0c\r",
        "\ufefflog = 1",
        "secret = 1\u2028halve = 2",
        "Layer = 1;\x0b halve = 2",
        "if True:\n\x0c  def count(n):\n\x0c    return sum(range(n))",
    ]
    return {"assignment.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": s} for s in sources]}).encode()}
