# what: 1 / fan_in: ранний вариант Лекуна
# caught_by: test_xavier_normal, test_xavier_uniform
# phrase: взят только fan_in
# base: textbook


def _xavier_std(w: torch.Tensor, gain: float) -> float:
    return gain * math.sqrt(1 / fans(w)[0])
