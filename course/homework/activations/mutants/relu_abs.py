# what: модуль вместо ReLU
# caught_by: test_relu_forward
# phrase: отрицательное отражено
# base: formulas
# replace: torch.clamp(x, min=0) -> x.abs()
