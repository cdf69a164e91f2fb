# what: размеры ядра сложены вместо произведения
# caught_by: test_fans_conv
# phrase: сложены
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    area = sum(w.shape[2:]) if w.dim() > 2 else 1
    return w.shape[1] * area, w.shape[0] * area
