# what: 2 / fan_in вместо 2 / (fan_in + fan_out)
# caught_by: test_xavier_normal, test_xavier_uniform
# phrase: это инициализация Хе
# base: textbook


def _xavier_std(w: torch.Tensor, gain: float) -> float:
    return gain * math.sqrt(2 / fans(w)[0])
