# what: lr_min прибавлен сверху
# caught_by: test_cosine
# phrase: прибавлен сверху
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr * (step + 1) / warmup
    if step >= total:
        return lr_min
    done = (step - warmup) / (total - warmup)
    return lr_min + lr * (1 + math.cos(math.pi * done)) / 2
