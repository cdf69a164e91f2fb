# what: соседи по диагонали забыты
# caught_by: test_thicken
# phrase: по диагонали забыты

import torch
from torch.nn import functional as F


def thicken(images):
    x = images[:, None].float()
    rows = F.max_pool2d(x, (3, 1), stride=1, padding=(1, 0))
    columns = F.max_pool2d(x, (1, 3), stride=1, padding=(0, 1))
    return torch.maximum(rows, columns)[:, 0].to(images.dtype)
