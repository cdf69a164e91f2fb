# what: lr постоянный
# caught_by: test_cosine, test_warmup
# phrase: lr не убывает
# base: formulas


def warmup_cosine(step, lr, warmup, total, lr_min=0.0):
    return lr
