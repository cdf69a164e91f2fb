# what: возвращены карты всех букв
# caught_by: test_cam
# phrase: карты всех букв
# base: tensors

import torch


def cam(model, x, classes):
    return torch.einsum("kc,nchw->nkhw", model.head.weight, model.features(x))
