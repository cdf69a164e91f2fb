# what: перемешано внутри батчей, а состав каждого батча один и тот же
# caught_by: test_batches
# phrase: состав первого батча
# base: tensors

import torch


def batches(images, labels, size, generator):
    for start in range(0, len(images), size):
        some, target = images[start : start + size], labels[start : start + size]
        order = torch.randperm(len(some), generator=generator)
        yield some[order], target[order]
