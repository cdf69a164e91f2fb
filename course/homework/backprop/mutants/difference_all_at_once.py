# what: сдвинуты все элементы сразу
# caught_by: test_numerical_gradient
# phrase: сразу все элементы
# base: textbook


def numerical_gradient(f, x, h=1e-5):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))
