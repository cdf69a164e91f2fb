# tries: a notebook with the marks of a merge left in
# builder: yes
# outcome: missing
# message: слияния
def files():
    return {"assignment.ipynb": b'{"cells": [\n<<<<<<< HEAD\n{},\n=======\n[],\n>>>>>>> main\n]}'}
