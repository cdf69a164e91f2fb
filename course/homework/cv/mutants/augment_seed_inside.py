# what: зерно задаётся внутри: все батчи искажены одинаково
# caught_by: test_augment_chance
# phrase: зерно задаётся внутри
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    generator.manual_seed(0)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    return shift(images, dy, dx)
