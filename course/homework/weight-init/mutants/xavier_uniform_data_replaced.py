# what: w.data = новый тензор: часть большего тензора не заполнена
# caught_by: test_xavier_uniform_in_place
# phrase: веса не изменились
# base: textbook


@torch.no_grad()
def xavier_uniform_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    bound = math.sqrt(3) * _xavier_std(w, gain)
    w.data = torch.empty_like(w).uniform_(-bound, bound)
    return w
