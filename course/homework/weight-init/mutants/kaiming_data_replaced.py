# what: w.data = новый тензор: часть большего тензора не заполнена
# caught_by: test_kaiming_normal_in_place
# phrase: веса не изменились
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    w.data = torch.randn_like(w) * _kaiming_std(w, a, mode)
    return w
