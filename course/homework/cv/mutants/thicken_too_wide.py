# what: окно 5 × 5
# caught_by: test_thicken
# phrase: окно 5 × 5

from torch.nn import functional as F


def thicken(images):
    return F.max_pool2d(images[:, None].float(), 5, stride=1, padding=2)[:, 0].to(images.dtype)
