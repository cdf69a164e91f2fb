# what: числа приведены к отклонению 1 по самой выборке
# caught_by: test_xavier_normal
# phrase: отклонение подогнано по самой выборке
# base: textbook


@torch.no_grad()
def xavier_normal_(w, gain=1.0):
    fan_in, fan_out = fans(w)
    w.normal_()
    w.sub_(w.mean()).div_(w.std())
    return w.mul_(gain * math.sqrt(2 / (fan_in + fan_out)))
