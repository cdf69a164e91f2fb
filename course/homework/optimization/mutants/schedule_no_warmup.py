# what: разогрева нет
# caught_by: test_warmup
# phrase: разогрева нет
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr
    if step >= total:
        return lr_min
    done = (step - warmup) / (total - warmup)
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * done)) / 2
