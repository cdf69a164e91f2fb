# what: градиент по b усреднён
# caught_by: test_linear_backward_bias
# phrase: усреднено по батчу
# base: textbook
# replace: x.T @ g, g.sum(axis=0) -> x.T @ g, g.mean(axis=0)
