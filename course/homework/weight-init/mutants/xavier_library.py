# what: готовая xavier_normal_
# caught_by: test_xavier_normal
# phrase: torch.nn.init.xavier_normal_
# base: textbook


@torch.no_grad()
def xavier_normal_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    return nn.init.xavier_normal_(w, gain)
