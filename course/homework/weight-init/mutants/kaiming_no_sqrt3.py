# what: граница равномерного равна σ: забыт √3
# caught_by: test_kaiming_uniform
# phrase: a = √3·σ
# base: textbook


@torch.no_grad()
def kaiming_uniform_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    bound = _kaiming_std(w, a, mode)
    return w.uniform_(-bound, bound)
