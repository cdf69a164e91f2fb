# what: логарифм от вероятности, которая округлилась до нуля
# caught_by: test_cross_entropy_large
# phrase: z − max
# base: textbook


def cross_entropy_forward(logits, labels):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    log_p = np.log(p)
    return -log_p[np.arange(len(labels)), labels].mean(), (log_p, labels)
