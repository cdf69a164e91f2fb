# what: строки не найдены: взята сетка, по которой рисует probes.page
# caught_by: test_find_separate, test_find_specks, test_find_touching
# phrase: строки ищут по мелу
# base: tensors


def find_letters(page):
    ink = (page > 0.4 * page.float().quantile(0.995)).float()
    around = F.avg_pool2d(ink[None, None], 5, stride=1, padding=2)[0, 0] * 25
    ink = (ink > 0) & (around > 4.5)
    boxes = []
    for line in range((page.shape[0] - 16) // 34):
        top = 9 + 34 * line
        boxes += _line(ink[top : top + 32], top)
    return boxes
