# what: дропаут до ReLU
# caught_by: test_make_network
# phrase: перед дропаутом нет ReLU
# base: formulas


Whole = make_network


def make_network(p):
    net = Whole(p)
    return nn.Sequential(*(net[place] for place in (0, 2, 1, 3, 5, 4, 6)))
