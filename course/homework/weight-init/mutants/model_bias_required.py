# what: слой без смещения роняет init_model
# caught_by: test_init_model_weights
# phrase: NoneType
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            module.bias.data.zero_()
