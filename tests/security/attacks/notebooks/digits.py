# tries: numbers of a hundred thousand digits, which Python refuses to read
# builder: yes
# points: 0.2
# outcome: passed
def files():
    number = b"9" * 100_000
    return {"assignment.ipynb": b'{"nbformat": ' + number + b', "cells": [{"cell_type": "code", "execution_count": -' + number
            + b', "source": "def count(n): return sum(range(n))"}]}'}
