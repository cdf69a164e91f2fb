# what: наследник nn.ReLU без своего кода
# caught_by: test_relu_forward
# phrase: torch.nn.ReLU
# base: formulas


class MyReLU(nn.ReLU):
    pass
