# tries: two notebooks, neither of them named as it should be
# builder: yes
# outcome: missing
# message: нет файла
def files():
    good = b'{"cells": [{"cell_type": "code", "source": "def count(n): return sum(range(n))"}]}'
    return {"one.ipynb": good, "two.ipynb": good}
