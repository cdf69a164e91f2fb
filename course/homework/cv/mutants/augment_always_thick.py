# what: утолщены все картинки, а не половина
# caught_by: test_augment
# phrase: условие верно всегда
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) <= 1.0
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    return shift(images, dy, dx)
