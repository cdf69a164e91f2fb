# what: усреднено по всему массиву
# caught_by: test_batchnorm_forward
# phrase: по всему массиву
# base: textbook
# replace: mean = x.mean(axis=0) -> mean = x.mean()
# replace: var = ((x - mean) ** 2).mean(axis=0) -> var = ((x - mean) ** 2).mean()
