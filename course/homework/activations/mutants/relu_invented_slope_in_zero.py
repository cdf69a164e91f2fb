# what: в нуле выдуман градиент 10⁶
# caught_by: test_relu_gradient_large
# phrase: выдумывать её нельзя
# base: formulas
# replace: torch.clamp(x, min=0) -> Rectify.apply(x)


class Rectify(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return torch.where(x > 0, upstream, torch.where(x < 0, torch.zeros_like(upstream), 1e6 * upstream))
