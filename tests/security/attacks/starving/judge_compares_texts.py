# tries: a text that a plain `assert got == expected` takes minutes to explain, line by line
# outcome: failed
def label():
    return "\n".join("кто-то, а может быть, и не кот, но похож " + str(i) for i in range(20_000))
