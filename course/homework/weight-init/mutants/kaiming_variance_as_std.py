# what: дисперсия передана вместо отклонения
# caught_by: test_kaiming_normal
# phrase: забыт корень
# base: textbook


def _kaiming_std(w: torch.Tensor, a: float, mode: str) -> float:
    fan_in, fan_out = fans(w)
    fan = fan_in if mode == "fan_in" else fan_out
    return 2 / ((1 + a**2) * fan)
