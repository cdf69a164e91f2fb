# tries: millions of empty lists, a hundred bytes of memory for each byte of the file
# builder: yes
# outcome: missing
# seconds: 3
def files():
    return {"assignment.ipynb": b'{"cells": [], "x": [' + b"[]," * 5_000_000 + b"0]}"}
