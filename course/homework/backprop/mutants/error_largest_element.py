# what: наибольшая ошибка одного элемента
# caught_by: test_gradient_error
# phrase: одного элемента
# base: textbook
# replace: np.linalg.norm(analytic - numeric) / largest -> abs(analytic - numeric).max()
