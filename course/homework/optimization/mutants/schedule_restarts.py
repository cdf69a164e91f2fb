# what: после total lr снова растёт
# caught_by: test_schedule_edges
# phrase: пошёл вверх
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr * (step + 1) / warmup
    done = (step - warmup) / (total - warmup)
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * done)) / 2
