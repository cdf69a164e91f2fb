# what: backward узнаёт маску по y != 0: нулевые входы теряют градиент
# caught_by: test_gradient
# phrase: маска узнана по ответу
# base: formulas
# replace: return x * mask / (1 - self.p) -> return Guessing.apply(x, mask, 1 / (1 - self.p))


class Guessing(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, mask, scale):
        y = x * mask * scale
        ctx.save_for_backward(y)
        ctx.scale = scale
        return y

    @staticmethod
    def backward(ctx, upstream):
        (y,) = ctx.saved_tensors
        return upstream * (y != 0) * ctx.scale, None, None
