# what: (1 + tanh(x)) / 2: забыто деление аргумента
# caught_by: test_sigmoid_forward
# phrase: x/2
# base: formulas
# replace: (1 + torch.tanh(x / 2)) / 2 -> (1 + torch.tanh(x)) / 2
