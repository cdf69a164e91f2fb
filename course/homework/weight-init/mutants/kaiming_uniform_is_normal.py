# what: kaiming_uniform_ берёт нормальное с верным отклонением
# caught_by: test_kaiming_uniform
# phrase: нормального закона
# base: textbook


@torch.no_grad()
def kaiming_uniform_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    return w.normal_(0, _kaiming_std(w, a, mode))
