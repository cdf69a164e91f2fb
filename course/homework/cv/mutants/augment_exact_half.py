# what: утолщена ровно половина батча, а не каждая картинка с вероятностью 1/2
# caught_by: test_augment_chance
# phrase: не порознь
# base: tensors

import torch


def augment(images, generator):
    count = len(images)
    bold = torch.randperm(count, generator=generator) < count // 2
    images = torch.where(bold[:, None, None], thicken(images), images)
    dy, dx = torch.randint(-2, 3, (2, count), generator=generator)
    return shift(images, dy, dx)
