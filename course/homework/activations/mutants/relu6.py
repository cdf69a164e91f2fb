# what: ReLU6: сверху обрезано шестёркой
# caught_by: test_relu_forward, test_relu_large
# phrase: ReLU6
# base: formulas
# replace: torch.clamp(x, min=0) -> x.clamp(0, 6)
