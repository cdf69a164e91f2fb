# what: свой backward не умножает на пришедший градиент
# caught_by: test_relu_gradient
# phrase: не умножена на пришедший сверху градиент
# base: formulas
# replace: torch.clamp(x, min=0) -> ReLUFunction.apply(x)


class ReLUFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.clamp(x, min=0)

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return (x > 0).to(x.dtype)
