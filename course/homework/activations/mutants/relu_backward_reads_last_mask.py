# what: маска лежит в self, и backward берёт её из последнего вызова слоя
# caught_by: test_relu_gradient
# phrase: помнит последний вход слоя
# base: formulas
# replace: torch.clamp(x, min=0) -> Rectify.apply(x, self)


class Rectify(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, layer):
        ctx.layer = layer
        layer.mask = x > 0
        return x * layer.mask

    @staticmethod
    def backward(ctx, upstream):
        return upstream * ctx.layer.mask, None
