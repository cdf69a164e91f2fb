# what: reshape(-1) у куска большего тензора — копия
# caught_by: test_xavier_normal_in_place
# phrase: веса не изменились
# base: textbook


@torch.no_grad()
def xavier_normal_(w, gain=1.0):
    w.reshape(-1).normal_(0, gain * math.sqrt(2 / sum(fans(w))))
    return w
