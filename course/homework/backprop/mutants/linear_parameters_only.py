# what: обратный проход вернул два градиента из трёх
# caught_by: test_linear_backward_input, test_linear_backward_weights, test_linear_backward_bias
# phrase: три градиента
# base: textbook
# replace: return g @ w.T, x.T @ g, g.sum(axis=0) -> return x.T @ g, g.sum(axis=0)
