# what: площадь ядра свёртки не учтена
# caught_by: test_fans_conv
# phrase: площадь ядра не учтена
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    area = 1
    return w.shape[1] * area, w.shape[0] * area
