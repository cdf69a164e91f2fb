# what: градиент по β усреднён
# caught_by: test_batchnorm_backward_parameters
# phrase: усреднено по батчу
# base: textbook
# replace: dbeta = g.sum(axis=0) -> dbeta = g.mean(axis=0)
