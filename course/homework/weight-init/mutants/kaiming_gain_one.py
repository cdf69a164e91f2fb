# what: множитель 1 вместо √2
# caught_by: test_kaiming_normal, test_kaiming_uniform
# phrase: множитель 1 вместо
# base: textbook


def _kaiming_std(w: torch.Tensor, a: float, mode: str) -> float:
    fan_in, fan_out = fans(w)
    fan = fan_in if mode == "fan_in" else fan_out
    return math.sqrt(1 / ((1 + a**2) * fan))
