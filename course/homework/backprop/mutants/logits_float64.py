# what: one-hot из float64 растягивает float32
# caught_by: test_cross_entropy_any_array
# phrase: float32
# base: textbook


def cross_entropy_backward(g, cache):
    log_p, labels = cache
    return g * (np.exp(log_p) - np.eye(log_p.shape[1])[labels]) / len(labels)
