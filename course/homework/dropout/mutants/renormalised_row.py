# what: делится на долю выживших в строке
# caught_by: test_values
# phrase: на долю выживших в строке
# base: formulas


class DropoutLayer:
    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if self.p == 1:
            return x.mul_(0) if self.inplace else x * 0
        mask = torch.rand_like(x) >= self.p
        if self.inplace:
            return x.copy_(
                x * mask / mask.double().mean(-1, keepdim=True).clamp(min=1e-9).to(x.dtype)
                if x.ndim
                else x * mask / (1 - self.p)
            )
        return (
            x * mask / mask.double().mean(-1, keepdim=True).clamp(min=1e-9).to(x.dtype)
            if x.ndim
            else x * mask / (1 - self.p)
        )
