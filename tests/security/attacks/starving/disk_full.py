# tries: a file larger than allowed, and many that are together
# outcome: error
def halve(x):
    with open("/tmp/kafedra_attack", "wb") as file:
        file.write(bytes(16 * 2**20))


def count(n):
    for number in range(50):
        with open(f"/tmp/kafedra_attack{number}", "wb") as file:
            file.write(bytes(2**20))
