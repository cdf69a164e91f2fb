# what: написано для одного скрытого блока
# caught_by: test_network_gradients, test_network_any_depth
# phrase: первый скрытый блок
# base: textbook


def loss_and_gradients(blocks, x, labels):
    first, last = blocks[0], blocks[-1]
    y, linear = linear_forward(x, first["w"], first["b"])
    y, norm = batchnorm_forward(y, first["gamma"], first["beta"])
    y, relu = relu_forward(y)
    y, out = linear_forward(y, last["w"], last["b"])
    loss, cache = cross_entropy_forward(y, labels)
    g, dw, db = linear_backward(cross_entropy_backward(1.0, cache), out)
    final = {"w": dw, "b": db}
    g, dgamma, dbeta = batchnorm_backward(relu_backward(g, relu), norm)
    _, dw, db = linear_backward(g, linear)
    return loss, [{"w": dw, "b": db, "gamma": dgamma, "beta": dbeta}, final]
