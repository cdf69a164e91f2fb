# what: gain попал под корень
# caught_by: test_xavier_normal_gain
# phrase: на gain умножена дисперсия
# base: textbook


def _xavier_std(w: torch.Tensor, gain: float) -> float:
    return math.sqrt(gain * 2 / sum(fans(w)))
