# what: ответ вытянут в строку
# caught_by: test_numerical_gradient, test_numerical_gradient_any_array
# phrase: форма
# base: textbook


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=np.float64)
    flat = x.ravel()
    moved = [np.where(np.arange(flat.size) == number, h, 0).reshape(x.shape) for number in range(flat.size)]
    return np.array([(f(x + one) - f(x - one)) / (2 * h) for one in moved])
