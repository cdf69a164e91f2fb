# what: на наклон умножено положительное
# caught_by: test_leaky_relu_forward
# phrase: ветви перепутаны
# base: formulas


class MyLeakyReLU:
    def forward(self, x):
        return torch.where(x < 0, x, self.negative_slope * x)
