# what: по умолчанию fan_out вместо fan_in
# caught_by: test_kaiming_normal, test_kaiming_uniform
# phrase: взят fan_out вместо fan_in
# base: textbook


@torch.no_grad()
def kaiming_uniform_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_out") -> torch.Tensor:
    bound = math.sqrt(3) * _kaiming_std(w, a, mode)
    return w.uniform_(-bound, bound)


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_out") -> torch.Tensor:
    return w.normal_(0, _kaiming_std(w, a, mode))
