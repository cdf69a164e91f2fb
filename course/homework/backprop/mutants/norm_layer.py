# what: усреднено по признакам: LayerNorm
# caught_by: test_batchnorm_forward
# phrase: LayerNorm
# base: textbook
# replace: mean = x.mean(axis=0) -> mean = x.mean(axis=1, keepdims=True)
# replace: var = ((x - mean) ** 2).mean(axis=0) -> var = ((x - mean) ** 2).mean(axis=1, keepdims=True)
