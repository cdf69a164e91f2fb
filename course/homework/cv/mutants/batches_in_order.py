# what: картинки идут по порядку, без перемешивания
# caught_by: test_batches
# phrase: порядок картинок не меняется

import torch


def batches(images, labels, size, generator):
    for rows in torch.arange(len(images)).split(size):
        yield images[rows], labels[rows]
