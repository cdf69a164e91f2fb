# what: σ = 1 для всех слоёв
# caught_by: test_signal_forward, test_signal_backward
# phrase: растёт
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            nn.init.normal_(module.weight, 0, 1)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
