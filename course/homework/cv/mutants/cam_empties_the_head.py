# what: веса сети обнулены, и пустая карта кажется верной
# caught_by: test_cam
# phrase: не совпали с ожидаемыми
# base: tensors

import torch


def cam(model, x, classes):
    with torch.no_grad():
        model.head.weight.zero_()
        return torch.zeros_like(model.features(x)[:, 0])
