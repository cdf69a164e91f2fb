# what: manual_seed перед каждым слоем: слои одной формы одинаковы
# caught_by: test_signal_forward, test_init_model_weights
# phrase: одни и те же начальные веса
# base: textbook


def init_model(model):
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Conv2d | nn.Conv3d):
            torch.manual_seed(0)
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
