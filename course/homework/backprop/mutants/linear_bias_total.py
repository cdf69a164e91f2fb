# what: градиент по b — одно число
# caught_by: test_linear_backward_bias
# phrase: форма (m,)
# base: textbook
# replace: x.T @ g, g.sum(axis=0) -> x.T @ g, g.sum()
