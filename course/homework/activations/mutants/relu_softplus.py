# what: гладкий ln(1 + e^x) вместо ReLU
# caught_by: test_relu_forward, test_relu_large
# phrase: softplus
# base: formulas
# replace: clamp(x, min=0) -> log1p(torch.exp(x))
