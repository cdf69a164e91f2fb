# what: свой backward пропускает градиент и слева
# caught_by: test_relu_gradient
# phrase: производная всюду равна 1
# base: formulas
# replace: torch.clamp(x, min=0) -> ReLUFunction.apply(x)


class ReLUFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.clamp(x, min=0)

    @staticmethod
    def backward(ctx, upstream):
        return upstream
