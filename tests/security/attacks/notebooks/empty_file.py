# tries: nothing at all
# builder: yes
# outcome: missing
def files():
    return {"assignment.ipynb": b""}
