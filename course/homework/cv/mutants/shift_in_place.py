# what: картинки сдвинуты на месте, исходные испорчены
# caught_by: test_shift
# phrase: изменены на месте

import torch


def shift(images, dy, dx):
    count, height, width = images.shape
    rows = torch.arange(height) - dy[:, None]  # (B, H): откуда взять каждую строку
    columns = torch.arange(width) - dx[:, None]
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
    moved = images[torch.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]
    return images.copy_(torch.where(inside, moved, torch.zeros_like(moved)))
