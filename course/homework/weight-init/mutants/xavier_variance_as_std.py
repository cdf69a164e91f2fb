# what: дисперсия вместо отклонения
# caught_by: test_xavier_normal
# phrase: забыт корень
# base: textbook


def _xavier_std(w: torch.Tensor, gain: float) -> float:
    return gain**2 * 2 / sum(fans(w))
