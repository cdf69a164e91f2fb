# what: kaiming_normal_ берёт равномерное с верным отклонением
# caught_by: test_kaiming_normal
# phrase: распределение не нормальное
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    bound = math.sqrt(3) * _kaiming_std(w, a, mode)
    return w.uniform_(-bound, bound)
