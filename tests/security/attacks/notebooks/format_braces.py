# tries: texts with braces that a second formatting would take for fields
# builder: yes
# outcome: error|failed|missing
# message: {0.__class__}
import json


def files():
    sources = [
        "def count(n):\n    raise ValueError('{0.__class__} {error} {limit!r:>{names}} %s %(x)s')",
        "def label():\n    return '{0.__class__.__mro__}' * 3",
        "{x} = {why}",
    ]
    return {"assignment.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": s} for s in sources]}).encode()}
