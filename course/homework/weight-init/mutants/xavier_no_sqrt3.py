# what: граница равна σ
# caught_by: test_xavier_uniform
# phrase: a = √3·σ
# base: textbook


@torch.no_grad()
def xavier_uniform_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    bound = _xavier_std(w, gain)
    return w.uniform_(-bound, bound)
