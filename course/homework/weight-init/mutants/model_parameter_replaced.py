# what: параметр заменён новым объектом
# caught_by: test_init_model_keeps_parameters
# phrase: заменён новым объектом
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            module.weight = nn.Parameter(kaiming_normal_(torch.empty_like(module.weight)))
            if module.bias is not None:
                nn.init.zeros_(module.bias)
