# what: к карте прибавлено смещение
# caught_by: test_cam
# phrase: прибавлено смещение
# base: tensors

import torch


def cam(model, x, classes):
    with torch.no_grad():
        maps = torch.einsum("nc,nchw->nhw", model.head.weight[classes], model.features(x))
        return maps + model.head.bias[classes][:, None, None]
