# what: свой backward обнуляет прямо в пришедшем градиенте
# caught_by: test_relu_gradient
# phrase: а он нужен и другим
# base: formulas
# replace: torch.clamp(x, min=0) -> Rectify.apply(x)


class Rectify(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_output[x < 0] = 0
        return grad_output
