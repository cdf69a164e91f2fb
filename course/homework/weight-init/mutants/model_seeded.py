# what: manual_seed в init_model: у всех моделей одни и те же веса
# caught_by: test_init_model_weights
# phrase: у двух моделей одни и те же
# base: textbook


def init_model(model):
    torch.manual_seed(42)
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
