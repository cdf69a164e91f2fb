# what: утолщение записано прямо в картинки: за десять эпох штрихи расплываются
# caught_by: test_augment
# phrase: изменены на месте
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.rand(count, generator=generator) < 0.5
    images[bold] = thicken(images[bold])
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    return shift(images, dy, dx)
