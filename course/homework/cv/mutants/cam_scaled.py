# what: карта растянута к отрезку [0, 1]
# caught_by: test_cam
# phrase: растянута к отрезку
# base: tensors

import torch


def cam(model, x, classes):
    heat = torch.einsum("nc,nchw->nhw", model.head.weight[classes], model.features(x))
    low, high = heat.amin((1, 2), keepdim=True), heat.amax((1, 2), keepdim=True)
    return (heat - low) / (high - low)
