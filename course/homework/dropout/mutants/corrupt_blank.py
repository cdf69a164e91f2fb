# what: corrupt не написана
# caught_by: test_corrupt
# phrase: NotImplementedError
# base: formulas


def corrupt(y, noise, generator):
    raise NotImplementedError
