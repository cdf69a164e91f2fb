# what: нормальное обрезано на двух сигмах, отклонение восстановлено
# caught_by: test_kaiming_normal
# phrase: распределение не нормальное
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    std = _kaiming_std(w, a, mode) / 0.87962566
    return nn.init.trunc_normal_(w, 0, std, -2 * std, 2 * std)
