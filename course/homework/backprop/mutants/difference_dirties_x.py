# what: x += h, x −= h прямо во входе: возвращается с ошибкой округления
# caught_by: test_numerical_gradient, test_numerical_gradient_any_array
# phrase: x + h − h ≠ x
# base: textbook


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        right = f(x)
        x[index] -= 2 * h
        left = f(x)
        x[index] += h
        gradient[index] = (right - left) / (2 * h)
    return gradient
