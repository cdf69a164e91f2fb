# what: модуль взят корнем из x²: переполняется на 1e30 во float32, в нуле градиент 0/0
# caught_by: test_leaky_relu_gradient_large, test_leaky_relu_large
# phrase: 0/0
# base: formulas


class MyLeakyReLU:
    def forward(self, x):
        slope = self.negative_slope
        return ((1 + slope) * x + (1 - slope) * torch.sqrt(x**2)) / 2
