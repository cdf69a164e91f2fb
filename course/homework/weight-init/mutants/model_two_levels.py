# what: обойдены дети и внуки, глубже — нет
# caught_by: test_init_model_weights
# phrase: modules()
# base: textbook


def init_model(model: nn.Module) -> None:
    for module in [model, *model.children(), *(m for c in model.children() for m in c.children())]:
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
