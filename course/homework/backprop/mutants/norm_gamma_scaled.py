# what: лишний множитель γ
# caught_by: test_batchnorm_backward_parameters
# phrase: лишний множитель γ
# base: textbook
# replace: dgamma = (g * normal).sum(axis=0) -> dgamma = gamma * (g * normal).sum(axis=0)
