# what: сдвиг до трёх пикселей
# caught_by: test_augment
# phrase: сдвиг больше 2
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-3, 4, (2, count), generator=generator)
    return shift(images, dy, dx)
