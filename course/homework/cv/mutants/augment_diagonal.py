# what: dy и dx — одно и то же число: сдвиги только по диагонали
# caught_by: test_augment_chance
# phrase: выбираются независимо
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy = dx = torch.randint(-2, 3, (count,), generator=generator)
    return shift(images, dy, dx)
