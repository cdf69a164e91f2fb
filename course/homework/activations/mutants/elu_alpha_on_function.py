# what: alpha лежит в классе Function: backward берёт её у соседнего ELU
# caught_by: test_elu_gradient
# phrase: параметр другого слоя
# base: formulas


class Exponential(torch.autograd.Function):
    alpha = 1.0

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x > 0, x, Exponential.alpha * torch.expm1(x.clamp(max=0)))

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return upstream * torch.where(x > 0, torch.ones_like(x), Exponential.alpha * torch.exp(x.clamp(max=0)))


class MyELU:
    def forward(self, x):
        Exponential.alpha = self.alpha
        return Exponential.apply(x)
