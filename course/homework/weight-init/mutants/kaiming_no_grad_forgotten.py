# what: без torch.no_grad: параметр с градиентом нельзя менять на месте
# caught_by: test_kaiming_normal
# phrase: in-place
# base: textbook


def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    return w.normal_(0, _kaiming_std(w, a, mode))
