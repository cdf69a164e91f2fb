# what: наименьшее вместо наибольшего: штрихи стали тоньше
# caught_by: test_thicken
# phrase: стали тоньше

from torch.nn import functional as F


def thicken(images):
    return -F.max_pool2d(-images[:, None].float(), 3, stride=1, padding=1)[:, 0].to(images.dtype)
