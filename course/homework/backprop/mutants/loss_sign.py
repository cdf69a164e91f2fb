# what: знак потерян
# caught_by: test_cross_entropy_forward
# phrase: знак обратный
# base: textbook
# replace: -log_p[np.arange(len(labels)), labels].mean() -> log_p[np.arange(len(labels)), labels].mean()
