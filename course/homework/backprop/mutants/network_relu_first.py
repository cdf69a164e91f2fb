# what: ReLU раньше нормализации
# caught_by: test_network_gradients
# phrase: сначала ReLU
# base: textbook


def loss_and_gradients(blocks, x, labels):
    caches = []
    for block in blocks[:-1]:
        x, linear = linear_forward(x, block["w"], block["b"])
        x, relu = relu_forward(x)
        x, norm = batchnorm_forward(x, block["gamma"], block["beta"])
        caches.append((linear, norm, relu))
    x, last = linear_forward(x, blocks[-1]["w"], blocks[-1]["b"])
    loss, cache = cross_entropy_forward(x, labels)
    g, dw, db = linear_backward(cross_entropy_backward(1.0, cache), last)
    gradients = [{"w": dw, "b": db}]
    for linear, norm, relu in reversed(caches):
        g, dgamma, dbeta = batchnorm_backward(g, norm)
        g, dw, db = linear_backward(relu_backward(g, relu), linear)
        gradients.append({"w": dw, "b": db, "gamma": dgamma, "beta": dbeta})
    return loss, gradients[::-1]
