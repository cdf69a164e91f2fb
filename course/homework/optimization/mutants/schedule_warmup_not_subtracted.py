# what: косинус начат с нулевого шага
# caught_by: test_cosine
# phrase: длина разогрева не вычтена
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    if step < warmup:
        return lr * (step + 1) / warmup
    if step >= total:
        return lr_min
    done = step / total
    return lr_min + (lr - lr_min) * (1 + math.cos(math.pi * done)) / 2
