# what: потери сложены
# caught_by: test_cross_entropy_forward
# phrase: нужно среднее
# base: textbook
# replace: -log_p[np.arange(len(labels)), labels].mean() -> -log_p[np.arange(len(labels)), labels].sum()
