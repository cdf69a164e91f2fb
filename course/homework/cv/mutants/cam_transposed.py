# what: высота и ширина карты перепутаны
# caught_by: test_cam
# phrase: высота и ширина перепутаны
# base: tensors

import torch


def cam(model, x, classes):
    return torch.einsum("nc,nchw->nwh", model.head.weight[classes], model.features(x))
