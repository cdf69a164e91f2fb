# what: clamp_ портит вход
# caught_by: test_relu_any_tensor
# phrase: вход изменён на месте
# base: formulas
# replace: return torch.clamp(x, min=0) -> return x.clamp_(min=0)
