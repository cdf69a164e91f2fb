# tries: to compute for ever while the module is loaded
# outcome: timeout
# seconds: 2.5
class count:
    while True:
        pass
