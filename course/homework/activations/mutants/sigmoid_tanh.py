# what: tanh вместо сигмоиды
# caught_by: test_sigmoid_forward
# phrase: это tanh
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> torch.tanh(x)
