# what: маска перевёрнута
# caught_by: test_relu_backward
# phrase: маска перевёрнута
# base: textbook
# replace: np.maximum(x, 0), x > 0 -> np.maximum(x, 0), x < 0
