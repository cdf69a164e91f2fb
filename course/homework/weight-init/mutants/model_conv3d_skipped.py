# what: Conv3d пропущена
# caught_by: test_init_model_weights
# phrase: пропущена nn.Conv3d
# base: textbook


def init_model(model):
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
