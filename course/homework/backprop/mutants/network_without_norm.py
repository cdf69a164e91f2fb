# what: нормализация не поставлена
# caught_by: test_network_gradients
# phrase: нормализации нет
# base: textbook


def loss_and_gradients(blocks, x, labels):
    caches = []
    for block in blocks[:-1]:
        x, linear = linear_forward(x, block["w"], block["b"])
        x, relu = relu_forward(x)
        caches.append((linear, relu))
    x, last = linear_forward(x, blocks[-1]["w"], blocks[-1]["b"])
    loss, cache = cross_entropy_forward(x, labels)
    g, dw, db = linear_backward(cross_entropy_backward(1.0, cache), last)
    gradients = [{"w": dw, "b": db}]
    for (linear, relu), block in zip(reversed(caches), reversed(blocks[:-1]), strict=True):
        g, dw, db = linear_backward(relu_backward(g, relu), linear)
        zeros = np.zeros_like(block["gamma"])
        gradients.append({"w": dw, "b": db, "gamma": zeros, "beta": zeros})
    return loss, gradients[::-1]
