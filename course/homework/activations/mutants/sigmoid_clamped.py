# what: вход обрезан до [-10, 10], чтобы не переполнялось
# caught_by: test_sigmoid_large
# phrase: вход обрезан слишком рано
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> 1 / (1 + torch.exp(-torch.clamp(x, -10, 10)))
