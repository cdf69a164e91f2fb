# what: карта в режиме обучения: batch norm берёт среднее батча и портит свои
# caught_by: test_cam
# phrase: режим сети после вызова
# base: tensors

import torch


def cam(model, x, classes):
    model.train()
    with torch.no_grad():
        return torch.einsum("nc,nchw->nhw", model.head.weight[classes], model.features(x))
