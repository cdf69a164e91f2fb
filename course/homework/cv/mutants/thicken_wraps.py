# what: соседи взяты через torch.roll: край склеен с противоположным
# caught_by: test_thicken
# phrase: края склеены
# base: tensors

import torch


def thicken(images):
    around = [images.roll((down, right), (1, 2)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return torch.stack(around).amax(0)
