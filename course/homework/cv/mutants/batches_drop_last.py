# what: последняя, неполная пачка потеряна
# caught_by: test_batches
# phrase: неполная пачка

import torch


def batches(images, labels, size, generator):
    for rows in torch.randperm(len(images), generator=generator).split(size):
        if len(rows) == size:
            yield images[rows], labels[rows]
