# what: backward берёт маску из слоя: она уже от следующего вызова
# caught_by: test_gradient
# phrase: другая маска
# base: formulas
# replace: mask = torch -> mask = self.mask = torch
# replace: return x * mask / (1 - self.p) -> return Masking.apply(x, self)


class Masking(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, layer):
        ctx.layer = layer
        return x * layer.mask / (1 - layer.p)

    @staticmethod
    def backward(ctx, upstream):
        return upstream * ctx.layer.mask / (1 - ctx.layer.p), None
