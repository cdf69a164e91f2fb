# what: в fan_out площадь ядра забыта
# caught_by: test_fans_conv
# phrase: в fan_out
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    area = math.prod(w.shape[2:])
    return w.shape[1] * area, w.shape[0]
