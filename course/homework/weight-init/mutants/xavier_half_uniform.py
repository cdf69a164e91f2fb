# what: равномерное от 0 до a
# caught_by: test_xavier_uniform
# phrase: от 0 до a
# base: textbook


@torch.no_grad()
def xavier_uniform_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    bound = math.sqrt(3) * _xavier_std(w, gain)
    return w.uniform_(0, bound)
