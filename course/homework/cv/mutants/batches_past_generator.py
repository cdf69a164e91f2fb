# what: порядок взят мимо generator
# caught_by: test_batches
# phrase: без generator=generator

import torch


def batches(images, labels, size, generator):
    for rows in torch.randperm(len(images)).split(size):
        yield images[rows], labels[rows]
