# what: порядок один и тот же в каждой эпохе
# caught_by: test_batches
# phrase: порядок картинок не меняется

import torch


def batches(images, labels, size, generator):
    for rows in torch.randperm(len(images), generator=torch.Generator().manual_seed(0)).split(size):
        yield images[rows], labels[rows]
