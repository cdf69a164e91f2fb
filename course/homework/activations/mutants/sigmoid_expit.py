# what: готовая сигмоида под другим именем
# caught_by: test_sigmoid_forward
# phrase: expit
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> torch.special.expit(x)
