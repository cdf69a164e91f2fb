# what: метки испорчены прямо в y
# caught_by: test_corrupt
# phrase: вход изменён на месте
# base: formulas


Whole = corrupt


def corrupt(y, noise, generator):
    return y.copy_(Whole(y, noise, generator))
