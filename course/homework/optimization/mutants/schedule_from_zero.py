# what: первый шаг с нулевым lr
# caught_by: test_warmup
# phrase: первый шаг с нулевым lr
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr * step / warmup
    if step >= total:
        return lr_min
    done = (step - warmup) / (total - warmup)
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * done)) / 2
