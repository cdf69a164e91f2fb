# what: левая ветвь посчитана по detach: градиент слева потерян
# caught_by: test_elu_gradient
# phrase: слева от нуля градиент потерян
# base: formulas
# replace: (torch.clamp(x, max=0)) -> (torch.clamp(x.detach(), max=0))
