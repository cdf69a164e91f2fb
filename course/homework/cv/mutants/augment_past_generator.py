# what: случайность взята мимо generator
# caught_by: test_augment_chance
# phrase: мимо generator
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count))
    return shift(images, dy, dx)
