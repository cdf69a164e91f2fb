# tries: twenty megabytes of output beside a correct answer, which must not cost it the points
# builder: yes
# points: 0.2
# outcome: passed
# seconds: 4
import json


def files():
    output = {"output_type": "stream", "name": "stdout", "text": ["x" * 1000] * 20_000}
    cell = {"cell_type": "code", "source": "def count(n): return sum(range(n))", "outputs": [output], "metadata": {}}
    return {"assignment.ipynb": json.dumps({"cells": [cell], "nbformat": 4}).encode()}
