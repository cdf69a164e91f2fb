# what: ломаная вместо сигмоиды
# caught_by: test_sigmoid_forward
# phrase: ломаная
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> torch.clamp(x / 6 + 0.5, 0, 1)
