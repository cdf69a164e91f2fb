# what: утолщается треть картинок, а не половина
# caught_by: test_augment_chance
# phrase: каждая вторая картинка
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.randint(3, (count,), generator=generator) == 0
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    return shift(images, dy, dx)
