# what: g умножено на x
# caught_by: test_relu_backward
# phrase: на сам x
# base: textbook
# replace: np.maximum(x, 0), x > 0 -> np.maximum(x, 0), np.maximum(x, 0)
