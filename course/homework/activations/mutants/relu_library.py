# what: готовый torch.relu
# caught_by: test_relu_forward
# phrase: torch.relu
# base: formulas
# replace: clamp(x, min=0) -> relu(x)
