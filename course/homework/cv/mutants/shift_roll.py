# what: torch.roll: ушедшее за край возвращается с другой стороны
# caught_by: test_shift
# phrase: вернулось с другой стороны

import torch


def shift(images, dy, dx):
    steps = zip(images, dy.tolist(), dx.tolist(), strict=True)
    return torch.stack([torch.roll(image, (down, right), (0, 1)) for image, down, right in steps])
