# tries: a notebook larger than any
# builder: yes
# outcome: missing
# message: больше 64 МБ
# seconds: 4
def files():
    return {"assignment.ipynb": b" " * (65 * 2**20)}
