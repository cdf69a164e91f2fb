# what: учтена только последняя ось ядра: для квадратных ядер 2×2 незаметно на линейных
# caught_by: test_fans_conv
# phrase: только последняя ось
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    area = w.shape[-1] if w.dim() > 2 else 1
    return w.shape[1] * area, w.shape[0] * area
