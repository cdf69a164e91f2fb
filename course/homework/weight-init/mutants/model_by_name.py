# what: по имени: у BatchNorm тоже есть bias, а у Embedding — weight
# caught_by: test_init_model_leaves_the_rest
# phrase: посторонний параметр
# base: textbook


def init_model(model: nn.Module) -> None:
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            nn.init.zeros_(parameter)
        elif name.endswith("weight") and parameter.dim() > 1:
            kaiming_normal_(parameter)
