# what: отрицательные голоса обнулены, как в Grad-CAM
# caught_by: test_cam
# phrase: отрицательное обнулено
# base: tensors

import torch


def cam(model, x, classes):
    return torch.einsum("nc,nchw->nhw", model.head.weight[classes], model.features(x)).relu()
