# what: строки не разделены: столбцы посчитаны по всей доске
# caught_by: test_find_separate
# phrase: строки склеились
# base: tensors

from torch.nn import functional as F


def find_letters(page):
    ink = (page > 0.4 * page.float().quantile(0.995)).float()
    around = F.avg_pool2d(ink[None, None], 5, stride=1, padding=2)[0, 0] * 25
    ink = (ink > 0) & (around > 4.5)  # в окне 5 × 5 у крошки не больше четырёх точек
    boxes = []
    return boxes + _line(ink, 0)
