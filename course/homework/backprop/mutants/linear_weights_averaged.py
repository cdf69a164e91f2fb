# what: градиент по W усреднён
# caught_by: test_linear_backward_weights
# phrase: усреднено по батчу
# base: textbook
# replace: x.T @ g, -> x.T @ g / len(g),
