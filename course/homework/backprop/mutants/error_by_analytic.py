# what: поделено только на ‖a‖
# caught_by: test_gradient_error
# phrase: только на ‖a‖
# base: textbook
# replace: max(np.linalg.norm(analytic), np.linalg.norm(numeric), 1e-3) -> max(np.linalg.norm(analytic), 1e-3)
