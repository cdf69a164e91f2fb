# what: карта буквы, за которую сеть голосует сама
# caught_by: test_cam
# phrase: за которую сеть голосует сама
# base: tensors

import torch


def cam(model, x, classes):
    return torch.einsum("nc,nchw->nhw", model.head.weight[model(x).argmax(1)], model.features(x))
