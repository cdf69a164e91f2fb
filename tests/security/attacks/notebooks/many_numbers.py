# tries: millions of numbers in a notebook's metadata, thirty bytes of memory for each two of the file
# builder: yes
# outcome: missing
# message: слишком много данных
def files():
    return {"assignment.ipynb": b'{"cells": [], "metadata": {"x": [' + b"1," * 8_000_000 + b"1]}}"}
