# what: сдвинутый элемент не возвращён на место
# caught_by: test_numerical_gradient
# phrase: не возвращён на место
# base: textbook


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        point[index] += h
        right = f(point)
        point[index] -= 2 * h
        gradient[index] = (right - f(point)) / (2 * h)
    return gradient
