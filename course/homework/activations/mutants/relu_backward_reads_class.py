# what: маска лежит в классе: backward берёт её из последнего вызова любого слоя
# caught_by: test_relu_gradient
# phrase: храните нужное в ctx
# base: formulas
# replace: torch.clamp(x, min=0) -> Rectify.apply(x)


class Rectify(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        Rectify.mask = x > 0
        return x * Rectify.mask

    @staticmethod
    def backward(ctx, upstream):
        return upstream * Rectify.mask
