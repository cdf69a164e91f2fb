# what: загружен пустой state_dict: ничего не произошло
# caught_by: test_init_model_weights
# phrase: пустой state_dict
# base: textbook


def init_model(model: nn.Module) -> None:
    state = {}
    for module in model.modules():
        if isinstance(module, nn.Linear):
            state[module] = kaiming_normal_(module.weight.detach().clone())
    model.load_state_dict({}, strict=False)
