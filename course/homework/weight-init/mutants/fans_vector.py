# what: для вектора возвращается его длина вместо ValueError
# caught_by: test_fans_without_axes
# phrase: ValueError
# base: textbook


def fans(w: torch.Tensor) -> tuple[int, int]:
    if w.dim() < 2:
        return w.numel(), w.numel()
    area = math.prod(w.shape[2:])
    return w.shape[1] * area, w.shape[0] * area
