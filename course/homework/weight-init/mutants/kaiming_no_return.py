# what: ничего не возвращает
# caught_by: test_kaiming_normal_in_place
# phrase: return w
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    w.normal_(0, _kaiming_std(w, a, mode))
