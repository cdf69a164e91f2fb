# what: градиент по γ — сумма g
# caught_by: test_batchnorm_backward_parameters
# phrase: не умножено на x̂
# base: textbook
# replace: dgamma = (g * normal).sum(axis=0) -> dgamma = g.sum(axis=0)
