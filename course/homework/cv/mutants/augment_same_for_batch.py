# what: один сдвиг на весь батч
# caught_by: test_augment
# phrase: сдвиг по вертикали у всех
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, 1), generator=generator).expand(2, count)
    return shift(images, dy, dx)
