# what: fan_in и fan_out перепутаны
# caught_by: test_fans_linear, test_fans_conv
# phrase: порядок перепутан
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    area = math.prod(w.shape[2:])
    return w.shape[0] * area, w.shape[1] * area
