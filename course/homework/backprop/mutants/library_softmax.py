# what: готовый softmax
# caught_by: test_cross_entropy_forward
# phrase: softmax
# base: textbook

from scipy.special import log_softmax


def cross_entropy_forward(logits, labels):
    log_p = log_softmax(logits, axis=1)
    return -log_p[np.arange(len(labels)), labels].mean(), (log_p, labels)
