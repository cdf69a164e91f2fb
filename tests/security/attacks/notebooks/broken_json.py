# tries: a notebook that ends in the middle of a word
# builder: yes
# outcome: missing
# message: не читается
def files():
    return {"assignment.ipynb": b'{"cells": [{"cell_type": "code", "source": ["def count(n): ret'}
