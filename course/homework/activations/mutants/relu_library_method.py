# what: готовый метод тензора
# caught_by: test_relu_forward
# phrase: relu
# base: formulas
# replace: torch.clamp(x, min=0) -> x.relu()
