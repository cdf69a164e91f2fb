# what: init_model выключает режим обучения
# caught_by: test_init_model_keeps_parameters
# phrase: режим обучения
# base: textbook


def init_model(model):
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
