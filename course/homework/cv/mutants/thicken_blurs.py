# what: среднее вместо наибольшего
# caught_by: test_thicken
# phrase: среднее окна

from torch.nn import functional as F


def thicken(images):
    return F.avg_pool2d(images[:, None].float(), 3, stride=1, padding=1)[:, 0].to(images.dtype)
