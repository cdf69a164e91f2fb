# what: reshape(-1) считается видом: у массива, лежащего по столбцам, это копия
# caught_by: test_numerical_gradient_any_array
# phrase: сдвигается не тот массив
# base: textbook


def numerical_gradient(f, x, h=1e-5):
    x = x.astype(np.float64) if x.dtype != np.float64 else x
    flat, gradient = x.reshape(-1), np.zeros(x.size)
    for number in range(x.size):
        kept = flat[number]
        flat[number] = kept + h
        right = f(x)
        flat[number] = kept - h
        left = f(x)
        flat[number] = kept
        gradient[number] = (right - left) / (2 * h)
    return gradient.reshape(x.shape)
