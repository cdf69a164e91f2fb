# what: модуль вместо ReLU
# caught_by: test_relu_forward
# phrase: это модуль
# base: textbook
# replace: np.maximum(x, 0) -> np.abs(x)
