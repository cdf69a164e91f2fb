# what: обратный проход пишет в запомненное
# caught_by: test_layers_any_array
# phrase: второй вызов
# base: textbook


def linear_forward(x, w, b):
    return x @ w + b, [x.copy(), w]


def linear_backward(g, cache):
    x, w = cache
    dw = x.T @ g
    x *= 0
    return g @ w.T, dw, g.sum(axis=0)
