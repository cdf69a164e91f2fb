# what: 1 / (1 + exp(-x)): на −1e4 значение верно, а градиент — NaN
# caught_by: test_sigmoid_gradient_large
# phrase: переполнившуюся exp
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> 1 / (1 + torch.exp(-x))
