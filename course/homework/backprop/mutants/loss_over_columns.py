# what: softmax по столбцам
# caught_by: test_cross_entropy_forward
# phrase: по столбцам
# base: textbook


def cross_entropy_forward(logits, labels):
    shifted = logits - logits.max(axis=0, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean(), (log_p, labels)
