# what: готовый torch.relu под составленным именем
# caught_by: test_relu_forward
# phrase: torch.relu
# base: formulas
# replace: torch.clamp(x, min=0) -> getattr(torch, "re" + "lu")(x)
