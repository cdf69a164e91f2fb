# what: в normal_ передана дисперсия
# caught_by: test_kaiming_normal
# phrase: дисперсия взята вместо
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    return w.normal_(0, _kaiming_std(w, a, mode) ** 2)
