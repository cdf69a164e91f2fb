# what: 1 + a вместо 1 + a²
# caught_by: test_kaiming_normal_options
# phrase: 1 + a²
# base: textbook


def _kaiming_std(w: torch.Tensor, a: float, mode: str) -> float:
    fan_in, fan_out = fans(w)
    fan = fan_in if mode == "fan_in" else fan_out
    return math.sqrt(2 / ((1 + a) * fan))
