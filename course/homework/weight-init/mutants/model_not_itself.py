# what: сама модель пропущена: рекурсия только по детям
# caught_by: test_init_model_weights
# phrase: начинается с неё самой
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in list(model.modules())[1:]:
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
