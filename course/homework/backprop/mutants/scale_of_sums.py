# what: отношение сумм
# caught_by: test_gradient_scale
# phrase: отношение сумм
# base: textbook


def gradient_scale(analytic, numeric):
    return analytic.sum() / numeric.sum()
