# what: усреднено и по классам
# caught_by: test_cross_entropy_forward
# phrase: усреднено и по классам
# base: textbook
# replace: -log_p[np.arange(len(labels)), labels].mean() -> -log_p[np.arange(len(labels)), labels].sum() / logits.size
