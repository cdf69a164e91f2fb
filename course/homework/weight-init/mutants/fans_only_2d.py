# what: площадь берётся как shape[2]·shape[3]: одномерная свёртка не помещается
# caught_by: test_fans_conv
# phrase: index
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    area = w.shape[2] * w.shape[3] if w.dim() > 2 else 1
    return w.shape[1] * area, w.shape[0] * area
