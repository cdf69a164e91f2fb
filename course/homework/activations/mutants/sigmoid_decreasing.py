# what: 1 / (1 + exp(x)): знак в показателе
# caught_by: test_sigmoid_forward
# phrase: знак в показателе
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> 1 / (1 + torch.exp(x))
