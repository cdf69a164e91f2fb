# what: manual_seed внутри: каждый вызов даёт одно и то же
# caught_by: test_kaiming_normal
# phrase: одни и те же веса
# base: textbook


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    torch.manual_seed(0)
    return w.normal_(0, _kaiming_std(w, a, mode))
