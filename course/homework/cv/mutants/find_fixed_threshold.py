# what: порог яркости — число: тусклая доска пуста
# caught_by: test_find_separate
# phrase: найдены не все или не точно
# base: tensors

from torch.nn import functional as F


def find_letters(page):
    ink = (page > 245).float()
    around = F.avg_pool2d(ink[None, None], 5, stride=1, padding=2)[0, 0] * 25
    ink = (ink > 0) & (around > 4.5)  # в окне 5 × 5 у крошки не больше четырёх точек
    boxes = []
    for top, bottom in runs(ink.sum(1) > 1):
        if bottom - top > 8:
            boxes += _line(ink[top:bottom], top)
    return boxes
