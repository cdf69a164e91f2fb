# what: поделено только на ‖n‖
# caught_by: test_gradient_error
# phrase: только на ‖n‖
# base: textbook
# replace: max(np.linalg.norm(analytic), np.linalg.norm(numeric), 1e-3) -> max(np.linalg.norm(numeric), 1e-3)
