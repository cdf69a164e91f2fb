# what: освободившееся место заполнено краем картинки
# caught_by: test_shift
# phrase: заполнено краем

import torch


def shift(images, dy, dx):
    count, height, width = images.shape
    rows = torch.arange(height) - dy[:, None]  # (B, H): откуда взять каждую строку
    columns = torch.arange(width) - dx[:, None]
    rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
    return images[torch.arange(count)[:, None, None], rows[:, :, None], columns[:, None, :]]
