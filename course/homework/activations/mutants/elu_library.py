# what: наследник nn.ELU
# caught_by: test_elu_forward
# phrase: torch.nn.ELU
# base: formulas


class MyELU(nn.ELU):
    pass
