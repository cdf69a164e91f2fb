# what: градиенты посчитал torch
# caught_by: test_network_gradients
# phrase: torch
# base: textbook

import torch


def loss_and_gradients(blocks, x, labels):
    leaves = [{k: torch.tensor(v, requires_grad=True) for k, v in block.items()} for block in blocks]
    z = torch.tensor(x)
    for block in leaves[:-1]:
        z = z @ block["w"] + block["b"]
        z = torch.relu(torch.nn.functional.batch_norm(z, None, None, block["gamma"], block["beta"], True))
    loss = torch.nn.functional.cross_entropy(z @ leaves[-1]["w"] + leaves[-1]["b"], torch.tensor(labels))
    loss.backward()
    return loss.item(), [{k: v.grad.numpy() for k, v in block.items()} for block in leaves]
