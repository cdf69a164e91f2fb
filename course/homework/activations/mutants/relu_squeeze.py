# what: лишний squeeze: пропадают оси длины 1
# caught_by: test_relu_any_tensor
# phrase: вместо (1, 4, 1)
# base: formulas
# replace: torch.clamp(x, min=0) -> torch.clamp(x, min=0).squeeze()
