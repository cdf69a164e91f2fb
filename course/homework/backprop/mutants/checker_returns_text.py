# what: вернулся текст
# caught_by: test_check_gradient
# phrase: True или False
# base: textbook


def check_gradient(f, x, gradient, tolerance=1e-6):
    return "верно" if gradient_error(gradient, numerical_gradient(f, x)) <= tolerance else "неверно"
