# what: показатель до 500: во float32 exp переполняется, и градиент — NaN
# caught_by: test_sigmoid_gradient_large
# phrase: переполнившуюся exp
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> 1 / (1 + torch.exp(-x.clamp(-500, 500)))
