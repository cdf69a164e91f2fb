# what: проверка считает разность в одну сторону: её ошибка больше допуска
# caught_by: test_check_gradient
# phrase: в одну сторону
# base: textbook


def check_gradient(f, x, gradient, tolerance=1e-6):
    slopes = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = 1e-5
        slopes[index] = (f(x + step) - f(x)) / 1e-5
    return bool(gradient_error(gradient, slopes) <= tolerance)
