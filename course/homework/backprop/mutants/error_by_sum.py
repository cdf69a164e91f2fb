# what: поделено на сумму длин
# caught_by: test_gradient_error
# phrase: ‖a‖ + ‖n‖
# base: textbook
# replace: norm(analytic), np.linalg.norm(numeric), -> norm(analytic) + np.linalg.norm(numeric),
