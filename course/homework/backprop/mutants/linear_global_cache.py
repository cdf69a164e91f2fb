# what: запомненное — в глобальной переменной
# caught_by: test_linear_backward_input, test_linear_backward_weights
# phrase: последнего прямого прохода
# base: textbook

SEEN = {}


def linear_forward(x, w, b):
    SEEN["linear"] = x, w
    return x @ w + b, None


def linear_backward(g, cache):
    x, w = SEEN["linear"]
    return g @ w.T, x.T @ g, g.sum(axis=0)
