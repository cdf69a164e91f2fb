# what: forward под torch.no_grad
# caught_by: test_relu_gradient
# phrase: оторван от графа
# base: formulas


class MyReLU:
    @torch.no_grad()
    def forward(self, x):
        return torch.clamp(x, min=0)
