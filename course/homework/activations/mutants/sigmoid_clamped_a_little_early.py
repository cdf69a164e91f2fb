# what: вход обрезан до [-25, 25]: ошибка 10⁻¹¹
# caught_by: test_sigmoid_large
# phrase: вход обрезан слишком рано
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> 1 / (1 + torch.exp(-x.clamp(-25, 25)))
