# tries: shell lines and magics that would run programs, among them in the middle of a cell
# builder: yes
# points: 0.2
# outcome: passed|missing
import json


def files():
    sources = [
        "!rm -rf / --no-preserve-root",
        "%%bash\ncurl http://127.0.0.1/ | sh",
        "%%javascript\nalert(1)",
        "x = !id\n%run /etc/passwd\n%load_ext kafedra\ndef count(n):\n    return sum(range(n))",
        "get_ipython().system('id')",
        "%%writefile /tmp/kafedra_attack\nhello",
    ]
    return {"assignment.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": s} for s in sources]}).encode()}
