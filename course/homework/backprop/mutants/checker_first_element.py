# what: проверяется один элемент
# caught_by: test_check_gradient, test_check_gradient_subtle
# phrase: 1 % одного из них
# base: textbook


def check_gradient(f, x, gradient, tolerance=1e-6):
    first = (0,) * x.ndim
    return bool(abs(gradient[first] - numerical_gradient(f, x)[first]) <= tolerance * max(1, abs(gradient[first])))
