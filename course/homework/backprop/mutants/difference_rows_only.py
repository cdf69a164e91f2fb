# what: два вложенных цикла: годится только матрица
# caught_by: test_numerical_gradient, test_numerical_gradient_any_array
# phrase: IndexError
# base: textbook


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            step = np.zeros(x.shape)
            step[i, j] = h
            gradient[i, j] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
