# what: mode не используется
# caught_by: test_kaiming_normal_options
# phrase: параметр mode не используется
# base: textbook


def _kaiming_std(w: torch.Tensor, a: float, mode: str) -> float:
    fan = fans(w)[0]
    return math.sqrt(2 / ((1 + a**2) * fan))
