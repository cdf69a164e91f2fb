# what: заполнена копия, а не сам тензор
# caught_by: test_kaiming_normal
# phrase: веса не изменились
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    return torch.randn_like(w) * _kaiming_std(w, a, mode)
