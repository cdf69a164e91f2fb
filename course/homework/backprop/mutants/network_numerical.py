# what: градиент сети — разностями: не успевает
# caught_by: test_network_learns
# phrase: не уложилось
# base: textbook


def loss_and_gradients(blocks, x, labels):
    def loss_of():
        z = x
        for block in blocks[:-1]:
            z, _ = linear_forward(z, block["w"], block["b"])
            z, _ = batchnorm_forward(z, block["gamma"], block["beta"])
            z, _ = relu_forward(z)
        z, _ = linear_forward(z, blocks[-1]["w"], blocks[-1]["b"])
        return cross_entropy_forward(z, labels)[0]

    def by(block, name):
        kept = block[name]

        def at(value):
            block[name] = value
            answer = loss_of()
            block[name] = kept
            return answer

        return numerical_gradient(at, kept)

    return loss_of(), [{name: by(block, name) for name in block} for block in blocks]
