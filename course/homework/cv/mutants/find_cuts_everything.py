# what: все буквы разрезаны пополам
# caught_by: test_find_separate
# phrase: рамок у́же 7 пикселей
# base: tensors


def _line(ink, top):
    pieces = []
    for left, right in runs(ink.any(0)):
        if pieces and right - left < 7 and left - pieces[-1][1] < 5 and ink[:, left:right].sum() > 14:
            pieces[-1][1] = right  # вторая половина «Ы»
        elif right - left >= 2:
            pieces.append([left, right])
    boxes = []
    for left, right in pieces:
        for a, b in _split(ink[:, left:right]):
            rows = ink[:, left + a : left + b].any(1).nonzero()
            boxes.append((top + int(rows.min()), left + a, top + int(rows.max()) + 1, left + b))
    return boxes


def _split(piece):
    width = piece.shape[1]
    if width < 9:
        return [(0, width)]
    middle = width // 2
    near = range(middle - 3, middle + 4)
    cut = min(near, key=lambda column: (int(piece[:, column].sum()), abs(column - middle)))
    return [(0, cut), (cut, width)]
