# what: backward рассчитан на две оси: тензор без осей его роняет
# caught_by: test_relu_gradient
# phrase: 0-d tensor
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
        return torch.stack([row * (value > 0) for row, value in zip(upstream, x, strict=True)])
