# what: init_model замораживает веса
# caught_by: test_init_model_keeps_parameters
# phrase: перестали быть обучаемыми
# base: textbook


def init_model(model):
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            module.weight.requires_grad_(False)
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
