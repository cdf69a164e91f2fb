# what: g[x < 0] = 0 пишет в чужой градиент
# caught_by: test_relu_backward
# phrase: изменил g
# base: textbook


def relu_backward(g, cache):
    g[~cache] = 0
    return g
