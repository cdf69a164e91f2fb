# what: в изломе градиент −g
# caught_by: test_relu_backward
# phrase: в нуле — от 0 до g
# base: textbook


def relu_forward(x):
    return np.maximum(x, 0), (x > 0) - 1.0 * (x == 0)
