# tries: names, strings and comments that steer a terminal or turn the direction of text, in what the report quotes
# builder: yes
# outcome: error|missing|failed
import json


def files():
    sources = [
        "def count(n):\n    raise ValueError('\\x1b]0;title\\x07\\x1b[31m\\u202eevil\\u2066')  # \x1b[2J \u202e",
        "def label():\n    print('\\x1b[2J\\x9b31m\\u202e')\n    return '\\x1b[2J\\u202e'",
        "\x1b[31m = 1",
        "!echo \x1b[2J\u202e",
    ]
    return {"assignment.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": s} for s in sources]}).encode()}
