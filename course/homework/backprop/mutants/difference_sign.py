# what: из f(x − h) вычтено f(x + h)
# caught_by: test_numerical_gradient
# phrase: знак обратный
# base: textbook
# replace: (right - left) -> (left - right)
