# what: зерно задаётся внутри: все пачки искажены одинаково
# caught_by: test_augment_chance
# phrase: зерно задаётся внутри

import torch
from torch.nn import functional as F


def shift(images, dy, dx):
    count, height, width = images.shape
    rows = torch.arange(height) - dy[:, None]  # (N, H): откуда взять каждую строку
    columns = torch.arange(width) - dx[:, None]
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
    moved = images[torch.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]
    return torch.where(inside, moved, torch.zeros_like(moved))


def thicken(images):
    return F.max_pool2d(images[:, None].float(), 3, stride=1, padding=1)[:, 0].to(images.dtype)


def augment(images, generator):
    count = len(images)
    generator.manual_seed(0)
    bold = torch.rand(count, generator=generator) < 0.5
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    return shift(images, dy, dx)
