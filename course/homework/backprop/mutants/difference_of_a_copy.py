# what: сдвигается плоская копия, а f видит старый массив
# caught_by: test_numerical_gradient, test_numerical_gradient_any_array
# phrase: сдвигается не тот массив
# base: textbook


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=np.float64)
    flat, gradient = x.flatten(), np.zeros(x.size)
    for number in range(x.size):
        flat[number] += h
        right = f(x)
        flat[number] -= 2 * h
        left = f(x)
        flat[number] += h
        gradient[number] = (right - left) / (2 * h)
    return gradient.reshape(x.shape)
