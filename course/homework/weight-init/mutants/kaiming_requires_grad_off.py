# what: requires_grad выключен и не возвращён
# caught_by: test_kaiming_normal_in_place
# phrase: обучаемым
# base: textbook


def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    w.requires_grad_(False)
    return w.normal_(0, _kaiming_std(w, a, mode))
