# what: lr_min по умолчанию — не ноль
# caught_by: test_schedule_edges
# phrase: ожидалось 0
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=1e-6):
    if step < warmup:
        return lr * (step + 1) / warmup
    if step >= total:
        return lr_min
    done = (step - warmup) / (total - warmup)
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * done)) / 2
