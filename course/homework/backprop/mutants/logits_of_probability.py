# what: остановились на −1/p
# caught_by: test_cross_entropy_backward
# phrase: ещё через softmax
# base: textbook


def cross_entropy_backward(g, cache):
    log_p, labels = cache
    gradient = np.zeros_like(log_p)
    rows = np.arange(len(labels))
    gradient[rows, labels] = -1 / np.exp(log_p[rows, labels])
    return g * gradient / len(labels)
