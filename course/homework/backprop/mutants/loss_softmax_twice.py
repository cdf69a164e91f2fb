# what: softmax дважды
# caught_by: test_cross_entropy_forward
# phrase: дважды
# base: textbook


def cross_entropy_forward(logits, labels):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    log_p = p - np.log(np.exp(p).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean(), (log_p, labels)
