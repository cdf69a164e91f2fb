# what: fan_in = w.numel() // w.shape[1]: поделено не на ту ось
# caught_by: test_fans_linear
# phrase: порядок перепутан
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        raise ValueError(f"у тензора с {w.dim()} осями нет входов и выходов")
    return w.numel() // w.shape[1], w.numel() // w.shape[0]
