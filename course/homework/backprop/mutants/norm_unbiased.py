# what: дисперсия несмещённая
# caught_by: test_batchnorm_forward
# phrase: несмещённая
# base: textbook
# replace: var = ((x - mean) ** 2).mean(axis=0) -> var = ((x - mean) ** 2).sum(axis=0) / (len(x) - 1)
