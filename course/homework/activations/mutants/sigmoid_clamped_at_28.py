# what: вход обрезан на ±28: ответ ещё отличим от нуля
# caught_by: test_sigmoid_large
# phrase: вход обрезан слишком рано
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> 1 / (1 + torch.exp(-x.clamp(-28, 28)))
