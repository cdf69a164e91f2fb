# tries: keys that occur twice, so that another reader sees other cells
# builder: yes
# points: 0.2
# outcome: passed
def files():
    wrong, right = '"source": "def count(n): return -1"', '"source": "def count(n): return sum(range(n))"'
    return {"assignment.ipynb": f'{{"cells": [], "cells": [{{"cell_type": "raw", "cell_type": "code", {wrong}, {right}}}]}}'.encode()}
