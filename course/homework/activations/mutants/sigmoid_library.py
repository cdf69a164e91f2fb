# what: готовая сигмоида
# caught_by: test_sigmoid_forward
# phrase: torch.sigmoid
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> torch.sigmoid(x)
