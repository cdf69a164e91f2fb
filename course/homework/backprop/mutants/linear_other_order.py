# what: градиенты возвращены в другом порядке
# caught_by: test_linear_backward_input, test_linear_backward_weights, test_linear_backward_bias
# phrase: порядок ответа
# base: textbook
# replace: return g @ w.T, x.T @ g, g.sum(axis=0) -> return x.T @ g, g.sum(axis=0), g @ w.T
