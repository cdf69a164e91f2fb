# what: вторая половина нейронов — первая с другим знаком
# caught_by: test_xavier_normal
# phrase: связаны между собой
# base: textbook


@torch.no_grad()
def xavier_normal_(w, gain=1.0):
    w.normal_(0, gain * math.sqrt(2 / sum(fans(w))))
    half = len(w) // 2
    w[half : 2 * half] = -w[:half]
    return w
