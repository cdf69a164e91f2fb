# what: вызван reset_parameters: это начальные веса torch
# caught_by: test_init_model_weights
# phrase: torch.nn.init.kaiming_uniform_
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            module.reset_parameters()
            if module.bias is not None:
                nn.init.zeros_(module.bias)
