# what: потери — массив по примерам
# caught_by: test_cross_entropy_forward
# phrase: ожидалось число
# base: textbook
# replace: -log_p[np.arange(len(labels)), labels].mean() -> -log_p[np.arange(len(labels)), labels]
