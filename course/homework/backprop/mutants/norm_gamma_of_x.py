# what: градиент по γ: умножено на x
# caught_by: test_batchnorm_backward_parameters
# phrase: умножено на x, а не на x̂
# base: textbook
# replace: (normal, scale, gamma) -> (normal, scale, gamma, x)
# replace: normal, scale, gamma = cache -> normal, scale, gamma, x = cache
# replace: dgamma = (g * normal).sum(axis=0) -> dgamma = (g * x).sum(axis=0)
