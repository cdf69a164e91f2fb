# what: наклон хранится в классе: второй слой меняет первый
# caught_by: test_leaky_relu_slopes
# phrase: взят наклон другого слоя
# base: formulas
# replace: self.negative_slope = -> MyLeakyReLU.negative_slope =
