# what: решает по числу осей: Embedding перезаписан, γ нормализации обнулены
# caught_by: test_init_model_leaves_the_rest
# phrase: посторонний параметр
# base: textbook


def init_model(model: nn.Module) -> None:
    for parameter in model.parameters():
        if parameter.dim() > 1:
            kaiming_normal_(parameter)
        else:
            nn.init.zeros_(parameter)
