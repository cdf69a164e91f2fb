# what: g потеряно: правило цепочки забыто
# caught_by: test_linear_backward_weights
# phrase: возвращена одна X
# base: textbook
# replace: x.T @ g, -> x.T @ np.ones_like(g),
