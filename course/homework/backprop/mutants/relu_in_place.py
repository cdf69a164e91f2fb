# what: отрицательные обнулены прямо во входе
# caught_by: test_relu_forward, test_relu_backward
# phrase: на месте
# base: textbook


def relu_forward(x):
    mask = x > 0
    x[~mask] = 0
    return x, mask
