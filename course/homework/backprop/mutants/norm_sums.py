# what: суммы вместо средних
# caught_by: test_batchnorm_backward_input
# phrase: суммы, а не средние
# base: textbook
# replace: dnormal.mean(axis=0) -> dnormal.sum(axis=0)
# replace: (dnormal * normal).mean(axis=0) -> (dnormal * normal).sum(axis=0)
