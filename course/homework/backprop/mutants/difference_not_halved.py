# what: поделено на h вместо 2h
# caught_by: test_numerical_gradient
# phrase: не поделено на 2
# base: textbook
# replace: (right - left) / (2 * h) -> (right - left) / h
