# tries: JSON of other kinds: numbers, lists, cells that are none
# builder: yes
# outcome: missing
import json


def files():
    cells = [None, 7, "x", [], {"cell_type": []}, {"cell_type": "code", "source": {"a": 1}}, {"cell_type": "code", "source": [1, None]}]
    return {"assignment.ipynb": json.dumps({"cells": cells, "nbformat": "four"}).encode()}
