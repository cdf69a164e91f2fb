# what: знак обратный: сразу шаг вниз
# caught_by: test_linear_backward_weights
# phrase: знак обратный
# base: textbook
# replace: x.T @ g, -> -x.T @ g,
