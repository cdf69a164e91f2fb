# what: градиент по γ усреднён
# caught_by: test_batchnorm_backward_parameters
# phrase: усреднено по батчу
# base: textbook
# replace: dgamma = (g * normal).sum(axis=0) -> dgamma = (g * normal).mean(axis=0)
