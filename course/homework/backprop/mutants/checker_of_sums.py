# what: сравниваются суммы элементов
# caught_by: test_check_gradient, test_check_gradient_subtle
# phrase: 1 % одного из них
# base: textbook


def check_gradient(f, x, gradient, tolerance=1e-6):
    return bool(abs(gradient.sum() - numerical_gradient(f, x).sum()) < 0.1)
