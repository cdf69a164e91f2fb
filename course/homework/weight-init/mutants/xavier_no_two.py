# what: 1 / (fan_in + fan_out): забыта двойка
# caught_by: test_xavier_normal, test_xavier_uniform
# phrase: забыта двойка
# base: textbook


def _xavier_std(w: torch.Tensor, gain: float) -> float:
    return gain * math.sqrt(1 / sum(fans(w)))
