# what: make_network не написана
# caught_by: test_make_network
# phrase: NotImplementedError
# base: formulas


def make_network(p):
    raise NotImplementedError
