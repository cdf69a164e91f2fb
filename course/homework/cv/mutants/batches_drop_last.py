# what: последний, неполный батч потерян
# caught_by: test_batches
# phrase: неполный батч

import torch


def batches(images, labels, size, generator):
    for rows in torch.randperm(len(images), generator=generator).split(size):
        if len(rows) == size:
            yield images[rows], labels[rows]
