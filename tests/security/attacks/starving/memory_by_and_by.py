# tries: more memory than allowed in small pieces, of which the first ones are touched
# outcome: memory|crashed
def count(n):
    kept = []
    while True:
        kept.append(b"x" * 2**24)
