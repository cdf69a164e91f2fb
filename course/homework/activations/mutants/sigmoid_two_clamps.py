# what: два clamp встречаются в нуле: производная там 1/2
# caught_by: test_sigmoid_gradient_large
# phrase: два clamp
# base: formulas


class MySigmoid:
    def forward(self, x):
        right, left = torch.exp(torch.clamp(x, max=0)), torch.exp(torch.clamp(-x, max=0))
        return right / (right + left)
