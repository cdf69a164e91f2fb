# what: возвращена маска x > 0, не умноженная на x
# caught_by: test_relu_forward
# phrase: маска x > 0
# base: formulas
# replace: torch.clamp(x, min=0) -> (x > 0).to(x.dtype)
