# what: единица вычтена прямо в запомненных вероятностях
# caught_by: test_cross_entropy_any_array
# phrase: прямо в запомненный массив
# base: textbook


def cross_entropy_forward(logits, labels):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    total = p.sum(axis=1)
    rows = np.arange(len(labels))
    right = (logits - logits.max(axis=1, keepdims=True))[rows, labels]
    return (np.log(total) - right).mean(), (p / total[:, None], labels)


def cross_entropy_backward(g, cache):
    p, labels = cache
    p[np.arange(len(labels)), labels] -= 1
    return g * p / len(labels)
