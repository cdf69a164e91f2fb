# what: «Ы» разрезана на две буквы
# caught_by: test_find_separate
# phrase: У «Ы» две части
# base: tensors


def _line(ink, top):
    pieces = []
    for left, right in runs(ink.any(0)):
        if right - left >= 2:
            pieces.append([left, right])
    boxes = []
    for left, right in pieces:
        for a, b in _split(ink[:, left:right]):
            rows = ink[:, left + a : left + b].any(1).nonzero()
            boxes.append((top + int(rows.min()), left + a, top + int(rows.max()) + 1, left + b))
    return boxes
