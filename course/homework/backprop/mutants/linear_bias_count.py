# what: градиент по b — число примеров
# caught_by: test_linear_backward_bias
# phrase: не число примеров
# base: textbook
# replace: x.T @ g, g.sum(axis=0) -> x.T @ g, np.full(g.shape[1], float(len(g)))
