# what: backward умножает пришедший градиент на месте
# caught_by: test_gradient
# phrase: а он нужен и другим
# base: formulas
# replace: return x * mask / (1 - self.p) -> return Masking.apply(x, mask, 1 / (1 - self.p))


class Masking(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, mask, scale):
        ctx.save_for_backward(mask)
        ctx.scale = scale
        return x * mask * scale

    @staticmethod
    def backward(ctx, upstream):
        (mask,) = ctx.saved_tensors
        return upstream.mul_(mask).mul_(ctx.scale), None, None
