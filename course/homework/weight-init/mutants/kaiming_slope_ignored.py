# what: наклон a не используется
# caught_by: test_kaiming_normal_options, test_kaiming_uniform_options
# phrase: параметр a не используется
# base: textbook


def _kaiming_std(w: torch.Tensor, a: float, mode: str) -> float:
    fan_in, fan_out = fans(w)
    fan = fan_in if mode == "fan_in" else fan_out
    return math.sqrt(2 / (fan))
