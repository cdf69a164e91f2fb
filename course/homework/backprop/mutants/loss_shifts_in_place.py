# what: максимум вычтен прямо из входа
# caught_by: test_cross_entropy_forward
# phrase: изменён на месте
# base: textbook


def cross_entropy_forward(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean(), (log_p, labels)
