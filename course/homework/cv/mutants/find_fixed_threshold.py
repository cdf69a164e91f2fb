# what: порог яркости — число: тусклая доска пуста
# caught_by: test_find_separate
# phrase: найдены не все или не точно

import torch
from torch.nn import functional as F


def runs(mask):
    """Отрезки подряд идущих True: список пар (начало, конец)."""
    edges = torch.diff(F.pad(mask.int(), (1, 1))).nonzero().flatten().tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def find_letters(page):
    ink = (page > 245).float()
    around = F.avg_pool2d(ink[None, None], 5, stride=1, padding=2)[0, 0] * 25
    ink = (ink > 0) & (around > 4.5)  # в окне 5 × 5 у крошки не больше четырёх точек
    boxes = []
    for top, bottom in runs(ink.sum(1) > 1):
        if bottom - top > 8:
            boxes += _line(ink[top:bottom], top)
    return boxes


def _line(ink, top):
    pieces = []
    for left, right in runs(ink.any(0)):
        if pieces and right - left < 7 and left - pieces[-1][1] < 5 and ink[:, left:right].sum() > 14:
            pieces[-1][1] = right  # вторая половина «Ы»
        elif right - left >= 7:
            pieces.append([left, right])
    boxes = []
    for left, right in pieces:
        for a, b in _split(ink[:, left:right]):
            rows = ink[:, left + a : left + b].any(1).nonzero()
            boxes.append((top + int(rows.min()), left + a, top + int(rows.max()) + 1, left + b))
    return boxes


def _split(piece):
    width = piece.shape[1]
    if width < 19:
        return [(0, width)]
    middle = width // 2
    near = range(middle - 3, middle + 4)
    cut = min(near, key=lambda column: (int(piece[:, column].sum()), abs(column - middle)))
    return [(0, cut), (cut, width)]
