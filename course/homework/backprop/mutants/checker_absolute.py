# what: допуск абсолютный: у больших функций отвергает верное, у малых пропускает
# caught_by: test_check_gradient_subtle
# phrase: допуск абсолютный
# base: textbook


def check_gradient(f, x, gradient, tolerance=1e-6):
    numeric = numerical_gradient(f, x)
    return bool(gradient.shape == numeric.shape and abs(gradient - numeric).max() <= tolerance)
