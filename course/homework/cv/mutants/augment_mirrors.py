# what: половина картинок отражена: «Е» становится «Э»
# caught_by: test_augment
# phrase: не сдвиг исходной
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    images = torch.where(torch.rand(count, 1, 1, generator=generator) < 0.5, images.flip(2), images)
    return shift(images, dy, dx)
