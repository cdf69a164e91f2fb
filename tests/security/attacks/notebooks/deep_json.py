# tries: brackets a hundred thousand deep
# builder: yes
# outcome: missing
def files():
    return {"assignment.ipynb": b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"}
