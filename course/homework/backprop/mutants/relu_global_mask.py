# what: маска — в глобальной переменной
# caught_by: test_relu_backward
# phrase: последнего прямого прохода
# base: textbook

MASKS = {}


def relu_forward(x):
    MASKS["last"] = x > 0
    return np.maximum(x, 0), None


def relu_backward(g, cache):
    return g * MASKS["last"]
