# what: γ нормализации заполнена единицами, β — нулями: о них не просили
# caught_by: test_init_model_leaves_the_rest
# phrase: посторонний параметр
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)
