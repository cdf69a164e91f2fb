# what: косинус до π/2
# caught_by: test_cosine
# phrase: до π/2
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr * (step + 1) / warmup
    if step >= total:
        return lr_min
    done = (step - warmup) / (total - warmup)
    return lr_min + (lr - lr_min) * math.cos(math.pi / 2 * done)
