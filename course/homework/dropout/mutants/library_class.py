# what: наследник nn.Dropout
# caught_by: test_values
# phrase: torch.nn.Dropout
# base: formulas


class DropoutLayer(nn.Dropout):
    pass
