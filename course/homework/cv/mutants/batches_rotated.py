# what: порядок прежний, случайно только его начало
# caught_by: test_batches
# phrase: подряд идут соседи
# base: tensors

import torch


def batches(images, labels, size, generator):
    start = int(torch.randint(len(images), (), generator=generator))
    order = torch.arange(len(images)).roll(start)
    for place in range(0, len(order), size):
        yield images[order[place : place + size]], labels[order[place : place + size]]
