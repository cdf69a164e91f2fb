# what: для всех картинок взята первая буква
# caught_by: test_cam
# phrase: одна и та же буква
# base: tensors

import torch


def cam(model, x, classes):
    return torch.einsum("nc,nchw->nhw", model.head.weight[classes[:1]].expand(len(x), -1), model.features(x))
