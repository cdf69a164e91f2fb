# what: max(x, 0) языка Python не умеет сравнивать тензоры
# caught_by: test_relu_forward
# phrase: ambiguous
# base: formulas
# replace: torch.clamp(x, min=0) -> max(torch.zeros_like(x), x)
