# what: среднее отношений элементов
# caught_by: test_gradient_scale
# phrase: среднее отношений
# base: textbook


def gradient_scale(analytic, numeric):
    return (analytic / numeric).mean()
