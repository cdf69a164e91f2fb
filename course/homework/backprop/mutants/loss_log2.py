# what: логарифм двоичный
# caught_by: test_cross_entropy_forward
# phrase: натуральный
# base: textbook
# replace: -log_p[np.arange(len(labels)), labels].mean() -> -log_p[np.arange(len(labels)), labels].mean() / np.log(2)
