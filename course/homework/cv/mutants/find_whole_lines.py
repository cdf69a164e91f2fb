# what: рамка во всю высоту строки доски, а не буквы
# caught_by: test_find_separate
# phrase: по мелу
# base: tensors


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
            boxes.append((max(top - 10, 0), left + a, top + int(rows.max()) + 10, left + b))
    return boxes
