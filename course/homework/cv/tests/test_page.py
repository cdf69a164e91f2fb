"""Доска: 1 балл."""

import probes
import pytest
import torch
from answers import listed
from inputs import renamed
from readers import PAGES, asked, trained

from kafedra.testing import check

# Шаг между строками: от и до, на каждой из трёх досок. Шага 34, как у probes.page, здесь нет: готовая сетка с ним даёт
# 0,7 … 0,8 на каждой. Промежутки далеки друг от друга, и сетка с любым другим шагом годится для одной доски из трёх.
PITCHES = (39, 41), (43, 45), (47, 49)
BOARDS = len(PITCHES)

# Качество рамок (F1 при IoU ≥ 0,5), среднее по трём доскам; по 14 групп досок на каждое решение из solutions/:
#
#                среднее     σ       край     порог    запас
#   отдельные     1,000    0,0000   1,000     0,95
#   крошки        1,000    0,0000   1,000     0,95
#   слипшиеся     0,982    0,0113   0,958     0,92    5,5 σ
#
# Сетка с шагом 34 на тех же досках, mutants/find_known_lines.py, при лучших для неё отступах: 0,93, 0,91 и 0,88.
SEPARATE, SPECKS, TOUCHING = 0.95, 0.95, 0.92

# Доля верно сосчитанных букв, среднее по шести доскам. Читатели учились на 1550 буквах; четыре группы, решения из
# solutions/ по очереди: среднее 0,915, σ 0,0095, наименьшее 0,907; запас 12 σ. Если назвать все буквы поровну,
# не глядя, выйдет 0,44; если не разделять слипшиеся — 0,75.
COUNTED = 0.8


def overlap(one, other):
    """Площадь общей части рамок, делённая на площадь объединения (IoU)."""
    height = min(one[2], other[2]) - max(one[0], other[0])
    width = min(one[3], other[3]) - max(one[1], other[1])
    if height <= 0 or width <= 0:
        return 0.0
    return height * width / (area(one) + area(other) - height * width)


def area(box):
    return (box[2] - box[0]) * (box[3] - box[1])


def boxes_of(answer, call):
    """Рамки из ответа: список четвёрок чисел."""
    if type(answer) is torch.Tensor or type(answer).__module__ == "numpy":
        answer = answer.tolist()
    check.that(isinstance(answer, list | tuple), f"{call}: нужен список рамок, а пришло {type(answer).__name__}")
    for box in answer:
        good = isinstance(box, list | tuple) and len(box) == 4 and all(type(side) in (int, float) for side in box)
        check.that(good, f"{call}: рамка — это четыре числа (top, left, bottom, right), а пришло {box!r:.60}")
        check.that(
            box[0] < box[2] and box[1] < box[3],
            f"{call}: рамка вывернута: {tuple(box)}; должно быть top < bottom и left < right\n"
            "похоже: вместо bottom и right стоят высота и ширина, или перепутан порядок чисел",
        )
    check.that(len(answer) < 2000, f"{call}: рамок {len(answer)}, столько букв на доску не помещается")
    return answer


def quality(found, true):
    """F1: 2 · совпавшие / (найденные + настоящие). Каждой настоящей рамке подходит не больше одной найденной."""
    free, hits = list(found), 0
    for box in true:
        best = max(free, key=lambda other: overlap(box, other), default=None)
        if best is not None and overlap(box, best) >= 0.5:
            free.remove(best)
            hits += 1
    return 2 * hits / (len(found) + len(true))


def check_boxes(submission, rng, threshold, what, otherwise, **options):
    """Среднее качество рамок на нескольких досках."""
    found, true, shares, cut = [], [], [], 0
    for place in torch.randperm(BOARDS, generator=rng).tolist():
        # строки стоят где угодно: отступ от края и шаг между ними на каждой доске свои
        first, pitch = (int(torch.randint(low, high + 1, (), generator=rng)) for low, high in ((4, 12), PITCHES[place]))
        board, _, boxes = probes.page(rng, first=first, pitch=pitch, **options)
        call = f"find_letters(page), page {tuple(board.shape)}"
        answer = boxes_of(submission.call(probes.find_letters, board), call)
        found += answer
        true += boxes
        shares.append(quality(answer, boxes))
        cut += cut_across(answer, boxes)
    mean = sum(shares) / BOARDS
    check.that(
        mean >= threshold,
        f"{what}: качество рамок {check.percent(mean)} в среднем по {BOARDS} доскам ({listed(shares)}), "
        f"нужно не меньше {check.percent(threshold)}\nбукв {len(true)}, рамок найдено {len(found)}\n"
        f"похоже: {suspicion(found, true, cut, otherwise, options['touching'] > 0)}",
    )


def cut_across(found, true):
    """Сколько букв рамки делят поперёк: столбцы у двух рамок те же, что у буквы, а строки — части её строк."""
    return sum(sum(covers(other, box) for other in found) > 1 for box in true)


def covers(other, box):
    """Занимает ли рамка больше половины столбцов буквы и хотя бы две её строки."""
    rows = min(other[2], box[2]) - max(other[0], box[0])
    columns = min(other[3], box[3]) - max(other[1], box[1])
    return rows >= 2 and columns > 0.5 * (box[3] - box[1])


def suspicion(found, true, cut, otherwise, touching):
    """Что не так с рамками; `cut` — сколько букв разделено поперёк, `touching` — есть ли на доске слипшиеся."""
    if not found:
        return "не найдено ничего: порог яркости слишком высок?"
    distinct = len({tuple(box) for box in found})
    if distinct < 0.9 * len(found):
        return f"одна и та же рамка названа несколько раз: рамок {len(found)}, разных {distinct}"
    if quality([(box[1], box[0], box[3], box[2]) for box in found], true) > 0.5:
        return "перепутаны строки и столбцы: рамка — (top, left, bottom, right)"
    if problem := wrong_sizes(found, len(true), touching):
        return problem
    if len(found) < 0.6 * len(true):
        return f"найдена лишь часть букв: рамок {len(found)}, букв {len(true)}; все ли строки просмотрены?"
    if sum(any(overlap(box, other) >= 0.3 for other in found) for box in true) < 0.3 * len(true):
        return "рамки стоят не там, где буквы: строки и столбцы считаются от угла доски, а не от своей строки"
    if cut > 0.03 * len(true):
        return f"граница строк прошла по буквам, разделено поперёк {cut}: строки ищут по мелу, шаг у каждой доски свой"
    return otherwise


def wrong_sizes(found, letters, touching):
    """Слишком высокие, узкие и широкие рамки; пустая строка, если таких мало."""
    heights, widths = ([box[side + 2] - box[side] for box in found] for side in (0, 1))
    tall = sum(height > 40 for height in heights)
    wide = sum(width > 18 for width in widths)
    narrow = sum(width < 7 for width in widths)
    crumbs = sum(height < 7 and width < 7 for height, width in zip(heights, widths, strict=True))
    same_count = abs(len(found) - letters) <= 0.03 * letters
    if tall > 0.1 * len(found) and same_count:
        return f"рамки больше букв: выше 40 пикселей — {tall}; обрежьте их по мелу"
    if tall > 0.1 * len(found):
        return f"строки склеились: рамок выше 40 пикселей — {tall}"
    if crumbs > max(0.05 * letters, 0.5 * narrow):  # у разрезанных букв узких рамок много, а низких среди них мало
        return f"за буквы приняты крошки мела: рамок меньше 7 × 7 пикселей — {crumbs}"
    if narrow > 0.05 * letters:
        return f"буквы разрезаны: рамок у́же 7 пикселей — {narrow}. У «Ы» две части, и это одна буква"
    if wide <= 0.05 * letters:
        return ""
    if same_count:
        return f"рамки больше букв: шире 18 пикселей — {wide}; обрежьте их по мелу"
    what = "слипшиеся буквы не разделены" if touching else "к буквам приклеились крошки мела"
    return f"{what}: рамок шире 18 пикселей — {wide}"


@pytest.mark.points("0.2")
def test_find_separate(submission, rng):
    """Рамки: отдельные буквы на чистой доске

    Буква найдена, если её рамка и ваша совпали больше чем наполовину (IoU ≥ 0,5). Лишние рамки тоже считаются
    ошибками. «Ы» состоит из двух частей, но это одна буква.
    """
    options = {"touching": 0.0, "specks": 0, "alphabet": probes.LETTERS + 20 * "Ы"}
    what = "отдельные буквы найдены не все или не точно"
    check_boxes(submission, rng, SEPARATE, what, "рамка сдвинута или больше буквы: обрежьте её по мелу", **options)


@pytest.mark.points("0.15")
def test_find_specks(submission, rng):
    """Рамки: крошки мела — не буквы

    Крошка не больше 2 × 2 пикселей. Она может лежать и между строками, и рядом с буквой.
    """
    options = {"touching": 0.0, "specks": 250, "alphabet": probes.LETTERS}
    what = "крошки мела мешают"
    check_boxes(submission, rng, SPECKS, what, "уберите крошки до того, как делить доску на строки", **options)


@pytest.mark.points("0.2")
def test_find_touching(submission, rng):
    """Рамки: слипшиеся буквы разделены

    Слипаются не больше двух букв подряд. Букв шире 18 пикселей на доске нет, а две слипшиеся не бывают у́же 19.
    """
    options = {"touching": 0.6, "alphabet": probes.LETTERS}
    what = "слипшиеся буквы найдены не все"
    check_boxes(submission, rng, TOUCHING, what, "разрез проходит не между буквами: ищите столбец без мела", **options)


def matched(answer, text, call):
    """Доля верно сосчитанных букв: сумма меньших из двух чисел, делённая на большую из двух сумм."""
    good = isinstance(answer, dict) and all(
        isinstance(letter, str) and type(count) is int and count >= 0 for letter, count in answer.items()
    )
    check.that(good, f"{call}: нужен словарь {{буква: сколько раз}}, а пришло {answer!r:.80}")
    common = sum(min(count, text.count(letter)) for letter, count in answer.items() if len(letter) == 1)
    return common / max(len(text), sum(answer.values()))


@pytest.mark.points("0.45")
def test_count_letters(submission, rng):
    """Сколько каких букв на доске

    Доски каждый раз новые, у каждого свои; буквы называются так, как в labels. Три читателя, по две доски на каждого;
    один из них учился письменности, которой раньше не было.
    """
    shares, sizes = [], [0, 0]
    for run in trained(submission, rng):
        for _ in range(PAGES):
            board, text, _ = probes.page(rng, alphabet=run.shapes, font=run.script.typewriter)
            call = f"{run.name}: count_letters(reader, page), page {tuple(board.shape)}"
            answer = asked(submission.call(probes.count_letters, run.name, board), run)
            shares.append(matched(answer, renamed(text, run.cipher), call))
            sizes = [sizes[0] + len(text), sizes[1] + sum(answer.values())]
    mean = sum(shares) / len(shares)
    check.that(
        mean >= COUNTED,
        f"буквы на доске сосчитаны неверно: совпало {check.percent(mean)} в среднем по {len(shares)} доскам "
        f"({listed(shares)}), нужно не меньше {check.percent(COUNTED)}\n"
        f"букв на досках {sizes[0]}, вы насчитали {sizes[1]}\nпохоже: {miscount(mean, *sizes)}",
    )


def miscount(mean, written, counted):
    if counted == 0:
        return "не сосчитано ничего"
    if abs(counted - written) > 0.1 * written:
        return "число букв не то: начните с find_letters"
    return (
        "буквы найдены, но прочитаны неверно: вырезанная буква должна стоять посередине картинки 32 × 28 "
        "и быть того же размера, что в обучении; растягивать её не нужно"
    )
