# tries: to catch everything that could end it
# outcome: timeout
# seconds: 1.5
def count(n):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
