# what: cos вместо (1 + cos)/2
# caught_by: test_cosine
# phrase: а не cos
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr * (step + 1) / warmup
    if step >= total:
        return lr_min
    done = (step - warmup) / (total - warmup)
    return lr_min + (lr - lr_min) * math.cos(math.pi * done)
