# what: когда делится нацело, последний батч пуст, и ошибка на нём — NaN
# caught_by: test_batches
# phrase: или он пуст
# base: tensors

import torch


def batches(images, labels, size, generator):
    order = torch.randperm(len(images), generator=generator)
    for number in range(len(images) // size + 1):
        some = order[number * size : (number + 1) * size]
        yield images[some], labels[some]
