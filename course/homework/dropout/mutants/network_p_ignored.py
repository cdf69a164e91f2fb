# what: p не передано слоям
# caught_by: test_make_network
# phrase: p не передано
# base: formulas


Whole = make_network


def make_network(p):
    return Whole(0.5)
