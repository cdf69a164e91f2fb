# what: готовая _calculate_fan_in_and_fan_out
# caught_by: test_fans_linear
# phrase: _calculate_fan_in_and_fan_out
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    return nn.init._calculate_fan_in_and_fan_out(w)
