# what: все веса равны σ
# caught_by: test_kaiming_normal
# phrase: веса повторяются
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    return w.fill_(_kaiming_std(w, a, mode))
