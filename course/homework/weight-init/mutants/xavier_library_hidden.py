# what: готовая xavier_uniform_ под составленным именем
# caught_by: test_xavier_uniform
# phrase: torch.nn.init.xavier_uniform_
# base: textbook


@torch.no_grad()
def xavier_uniform_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    return getattr(nn.init, "xavier" + "_uniform_")(w, gain)
