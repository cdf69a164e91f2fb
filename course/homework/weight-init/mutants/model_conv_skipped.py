# what: свёртки пропущены
# caught_by: test_init_model_weights
# phrase: пропущены свёртки
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in model.modules():
        if isinstance(module, nn.Linear):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
