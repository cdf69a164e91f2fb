# what: левая ветвь посчитана по detach: градиент слева потерян
# caught_by: test_leaky_relu_gradient
# phrase: слева от нуля градиент потерян
# base: formulas
# replace: self.negative_slope * x -> self.negative_slope * x.detach()
