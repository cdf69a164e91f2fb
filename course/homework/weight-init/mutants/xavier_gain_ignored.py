# what: gain не используется
# caught_by: test_xavier_normal_gain, test_xavier_uniform_gain
# phrase: gain не используется
# base: textbook


def _xavier_std(w: torch.Tensor, gain: float) -> float:
    return math.sqrt(2 / sum(fans(w)))
