# what: картинки перемешаны, метки — нет
# caught_by: test_batches
# phrase: перемешаны по-разному

import torch


def batches(images, labels, size, generator):
    images = images[torch.randperm(len(images), generator=generator)]
    yield from zip(images.split(size), labels.split(size), strict=True)
