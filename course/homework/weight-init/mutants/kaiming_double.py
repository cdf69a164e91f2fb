# what: тензор переведён во float64
# caught_by: test_kaiming_normal_in_place
# phrase: float64
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    w.data = w.data.double().normal_(0, _kaiming_std(w, a, mode))
    return w
