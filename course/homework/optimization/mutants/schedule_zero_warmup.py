# what: при warmup = 0 деление на ноль
# caught_by: test_schedule_edges
# phrase: ZeroDivisionError
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    rise = (step + 1) / warmup
    if step < warmup:
        return lr * rise
    if step >= total:
        return lr_min
    done = (step - warmup) / (total - warmup)
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * done)) / 2
