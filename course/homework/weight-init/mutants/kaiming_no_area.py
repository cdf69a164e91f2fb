# what: fan_in — число каналов: площадь ядра забыта
# caught_by: test_kaiming_normal
# phrase: площадь ядра не учтена
# base: textbook


def _kaiming_std(w: torch.Tensor, a: float, mode: str) -> float:
    fan_out, fan_in = w.shape[:2]
    fan = fan_in if mode == "fan_in" else fan_out
    return math.sqrt(2 / ((1 + a**2) * fan))
