# what: (x + sqrt(x²)) / 2: переполняется на 1e30 во float32, в нуле градиент 0/0
# caught_by: test_relu_gradient_large, test_relu_large
# phrase: NaN
# base: formulas
# replace: torch.clamp(x, min=0) -> (x + torch.sqrt(x**2)) / 2
