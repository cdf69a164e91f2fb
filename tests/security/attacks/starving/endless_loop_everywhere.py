# tries: to use up the time of every test in turn
# outcome: timeout
# message: общее время
# seconds: 3
def spin(*values):
    while True:
        pass


halve = count = label = log = secret = spin


class Layer:
    __call__ = spin
