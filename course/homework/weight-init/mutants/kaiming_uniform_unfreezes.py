# what: замороженный параметр после заполнения снова учится
# caught_by: test_kaiming_uniform_in_place
# phrase: requires_grad включён и там, где был выключен
# base: textbook


def kaiming_uniform_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    bound = math.sqrt(3) * _kaiming_std(w, a, mode)
    return w.requires_grad_(False).uniform_(-bound, bound).requires_grad_()
