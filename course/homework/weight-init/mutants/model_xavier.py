# what: init_model по Ксавье: сигнал гаснет в 2¹⁵ раз
# caught_by: test_signal_forward, test_signal_backward
# phrase: гаснет
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            xavier_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
