# what: вычтена единица, а p потеряно
# caught_by: test_cross_entropy_backward
# phrase: p потеряно
# base: textbook
# replace: gradient = np.exp(log_p) -> gradient = np.zeros_like(log_p)
