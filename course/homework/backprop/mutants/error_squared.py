# what: корень забыт
# caught_by: test_gradient_error
# phrase: корень забыт
# base: textbook
# replace: np.linalg.norm(analytic - numeric) / largest -> (np.linalg.norm(analytic - numeric) / largest) ** 2
