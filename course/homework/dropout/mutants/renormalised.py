# what: делится на долю выживших в этом вызове, а не на 1 − p
# caught_by: test_values
# phrase: на долю выживших в этом вызове
# base: formulas
# replace: mul_(mask).div_(1 - self.p) -> copy_(x * mask / mask.double().mean().clamp(min=1e-9).to(x.dtype))
# replace: mask / (1 - self.p) -> mask / mask.double().mean().clamp(min=1e-9).to(x.dtype)
