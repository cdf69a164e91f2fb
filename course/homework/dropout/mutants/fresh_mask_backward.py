# what: в обратном проходе маска другая
# caught_by: test_gradient
# phrase: в обратном проходе другая маска
# base: formulas
# replace: return x * mask / (1 - self.p) -> return Masking.apply(x, self.p)


class Masking(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, p):
        ctx.p = p
        return x * (torch.rand_like(x) >= p) / (1 - p)

    @staticmethod
    def backward(ctx, upstream):
        return upstream * (torch.rand_like(upstream) >= ctx.p) / (1 - ctx.p), None
