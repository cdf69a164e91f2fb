# what: заполнена копия модели
# caught_by: test_init_model_weights
# phrase: копия модели
# base: textbook

import copy

from torch import nn


def init_model(model: nn.Module) -> None:
    model = copy.deepcopy(model)
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
