"""Датасет и сборка батча: 0,5 балла."""

import probes
import pytest
import torch
from answers import PIXELS, alike, check_item, check_items
from glyphs import Glyphs

from kafedra.testing import check


def check_part(glyphs, part, answer, call):
    """Все элементы части, по порядку строк таблицы."""
    other = glyphs.test if part is glyphs.train else glyphs.train
    count = len(answer) if isinstance(answer, list | tuple) else -1
    why = "посчитан заголовок, пропущена строка или посчитаны картинки, а не строки таблицы"
    if count == len(other):
        why = "взята другая часть: параметр train не используется или перевёрнут"
    check.that(
        count == len(part),
        f"{call}: в датасете {count if count >= 0 else 'неизвестно сколько'} элементов, а строк в таблице {len(part)}\n"
        f"похоже: {why}",
    )
    images = [part.image(row) for row in range(len(part))]
    labels = [glyphs.label(part, row) for row in range(len(part))]
    check_items(answer, images, labels, call, glyphs.image_causes(part), glyphs.label_causes(part))


def check_length(length, part, other, call):
    why = "длина — число строк таблицы без заголовка; картинок в файле может быть больше"
    if length == len(part) - 1:
        why = "пропущена строка таблицы: csv.DictReader заголовок уже прочёл, ещё раз пропускать нечего"
    elif length == len(part) + 1:
        why = "посчитан заголовок таблицы"
    elif length == len(other):
        why = "взята другая часть: параметр train не используется или перевёрнут"
    check.equal(length, len(part), call=f"{call}: число строк таблицы, len(dataset)", why=why)


@pytest.mark.points("0.12")
def test_items(submission, rng):
    """Датасет: длина, картинки, метки

    Элемент с номером i — это строка i таблицы, не считая заголовка: картинка float32 (1, H, W) от 0 до 1 и номер
    класса, int. Какая это картинка, сказано в столбце image; какой класс — в alphabet.txt.
    """
    glyphs = Glyphs(rng)
    count = len(glyphs.train)
    picks = [count - 1, *range(count)]
    call = "GlyphDataset(root)"
    length, answer = check.parts(submission.call(probes.items, glyphs.data, picks), 2, call=call)
    check_length(length, glyphs.train, glyphs.test, call)
    check_part(glyphs, glyphs.train, check.parts(answer, count + 1, call=call)[1:], call)
    last = f"{call}[{count - 1}]"
    check_item(answer[0], glyphs.train.image(count - 1), glyphs.label(glyphs.train, count - 1), last)


@pytest.mark.points("0.08")
def test_parts(submission, rng):
    """Две части: train=True и train=False

    По умолчанию train=True. Классы в обеих частях одни и те же: они заданы файлом alphabet.txt, а не тем, какие буквы
    встретились. Два датасета живут рядом и не мешают друг другу.
    """
    glyphs = Glyphs(rng)
    call = "GlyphDataset(root, train={})"
    train, test = check.parts(submission.call(probes.both_parts, glyphs.data), 2, call=call.format("…"))
    check_part(glyphs, glyphs.test, test, call.format(False))
    check_part(glyphs, glyphs.train, train, call.format(True))
    answer = submission.call(probes.items, glyphs.data, [0, 1], False)
    length, answer = check.parts(answer, 2, call=call.format(False))
    check_length(length, glyphs.test, glyphs.train, "GlyphDataset(root, False)")
    for row, item in enumerate(check.parts(answer, 2, call=call.format(False))):
        check_item(item, glyphs.test.image(row), glyphs.label(glyphs.test, row), f"GlyphDataset(root, False)[{row}]")


@pytest.mark.points("0.1")
def test_transform(submission, rng):
    """Преобразование — при каждом обращении, заново

    dataset[i] отдаёт transform(картинка), в обеих частях. При создании датасета преобразование не вызывается: иначе
    случайный сдвиг застынет, и каждую эпоху сеть увидит те же картинки.
    """
    glyphs = Glyphs(rng)
    call = "GlyphDataset(root, transform=…)"
    check_transform(submission, glyphs, train=True)
    check_transform(submission, glyphs, train=False)
    for value in (torch.rand(3, 2, generator=rng), 7):
        answer = check.parts(submission.call(probes.transformed_to, glyphs.data, value), 2, call=call)
        why = "что вернуло преобразование, то датасет и отдаёт, ничего не добавляя"
        check.equal(answer[0], value, call=f"{call}: картинка после преобразования", why=why)
        check.equal(answer[1], glyphs.label(glyphs.train, 0), call=f"{call}: метка", why="метка — номер класса")


def check_transform(submission, glyphs, train):
    """Преобразование вызывается по разу на обращение и не раньше."""
    part, call = (glyphs.train if train else glyphs.test), f"GlyphDataset(root, train={train}, transform=…)"
    row = len(part) - 2
    before, first, second, after = check.parts(
        submission.call(probes.transformed, glyphs.data, row, train), 4, call=call
    )
    why = "преобразование вызвано при создании датасета; его место — в __getitem__"
    check.equal(before, 0, call=f"{call}: вызовов transform до первого обращения", why=why)
    image, label = part.image(row), glyphs.label(part, row)
    skipped = "" if train else " у части train=False: какой части оно нужно, решает тот, кто создаёт датасет"
    for number, item in ((1, first), (2, second)):
        causes = {
            f"преобразование не применено{skipped}": image,
            "результат запомнен: при втором обращении преобразование не вызвано": image + 1,
            "преобразование вызвано больше одного раза за обращение": image + 2 * number,
            "преобразование получает пиксели от 0 до 255; поделите на 255 до него": image * 255 + number,
            "преобразование получает пиксели от 0 до 255; поделите на 255 до него, а не после": image + number / 255,
        }
        check_item(item, image + number, label, f"{call}, обращение {number}", causes)
    check.equal(after, 2, call=f"{call}: вызовов transform за два обращения", why="один вызов на обращение")


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_access(submission, rng):
    """Повторные обращения, край и чтение один раз

    Преобразование может испортить картинку на месте (image.mul_(…)): в следующий раз она снова должна быть целой.
    За последним элементом — IndexError: по нему останавливается цикл for. Таблица и алфавит читаются один раз, в
    __init__: созданный датасет отдаёт элементы и тогда, когда этих двух файлов уже нет.
    """
    glyphs = Glyphs(rng)
    image = glyphs.train.image(1)
    call = "GlyphDataset(root, transform=портит на месте)[1]"
    answers = check.parts(submission.call(probes.spoiled, glyphs.data, 1), 2, call=call)
    for number, answer in enumerate(answers, start=1):
        where = f"{call}, обращение {number}"
        check.tensor(answer, shape=image.shape, dtype=image.dtype, call=where)
        why = PIXELS if number == 1 else "преобразование портит то, что хранится в датасете: отдавайте копию картинки"
        check.close(answer, image * -3 - 1, rtol=1e-5, atol=1e-6, call=where, why=why)
    count, stops = check.parts(
        submission.call(probes.walk, glyphs.data, len(glyphs.train) + 5), 2, call="for item in dataset"
    )
    why = "цикл не остановился: за последним элементом нужен IndexError"
    check.equal(count, len(glyphs.train), call="for item in dataset: элементов", why=why)
    check.equal(stops, True, call="dataset[len(dataset)] даёт IndexError", why=why)
    call = "dataset[1], когда labels.csv и alphabet.txt уже нет"
    item = submission.call(probes.without_tables, glyphs.data, 1)
    check.that(item is not None, f"{call}: элемент не отдан\nпохоже: таблица читается заново; её место — в __init__")
    check_item(item, image, glyphs.label(glyphs.train, 1), call)


def shuffled(x, expected):
    """Те же ли картинки, только в другом порядке."""
    return alike(x, expected) and all(any(torch.equal(one, two) for two in x) for one in expected)


def check_batch(answer, images, labels, call):
    """Батч: картинки, дополненные нулями, и метки."""
    check.that(
        isinstance(answer, tuple | list) and len(answer) == 2,
        f"{call}: батч — не пара (картинки, метки)\nпохоже: забыт return или вернулись пары, как пришли",
    )
    x, y = answer
    height, width = max(one.shape[1] for one in images), max(one.shape[2] for one in images)
    shape = (len(images), images[0].shape[0], height, width)
    expected, low = torch.zeros(shape, dtype=images[0].dtype), torch.zeros(shape, dtype=images[0].dtype)
    middle = torch.zeros(shape, dtype=images[0].dtype)
    for row, one in enumerate(images):
        _, h, w = one.shape
        expected[row, :, :h, :w] = one
        low[row, :, height - h :, width - w :] = one
        top, left = (height - h) // 2, (width - w) // 2
        middle[row, :, top : top + h, left : left + w] = one
    reverse = expected.flip(0)
    causes = {
        "картинки стоят в обратном порядке": reverse,
        "нули дописаны сверху и слева, а нужно снизу и справа": low,
        "картинки поставлены в середину, а нужно в левый верхний угол": middle,
    }
    if shuffled(x, expected):
        causes["картинки стоят не в том порядке, что в списке, и метки им больше не подходят"] = x
    why = "картинки разного размера: дополните нулями снизу и справа до наибольших высоты и ширины в этом батче"
    check.tensor(x, shape=shape, call=f"{call}: картинки", why=why)
    same_type = "тип батча — тип самих картинок: torch.zeros(…, dtype=image.dtype)"
    check.tensor(x, dtype=expected.dtype, call=f"{call}: картинки", why=same_type)
    check.close(x, expected, rtol=0, atol=0, call=f"{call}: картинки", suspects=causes, otherwise=why)
    wanted = torch.tensor(labels)
    why = "метки — тензор int64 формы (B,): его ждёт cross_entropy"
    check.tensor(y, shape=wanted.shape, dtype=wanted.dtype, call=f"{call}: метки", why=why)
    check.equal(y, wanted, call=f"{call}: метки", why="метки стоят в том же порядке, что и картинки")


def pairs(sizes, rng, channels=1, dtype=torch.float32):
    """Пары (картинка, метка) данных размеров."""
    return [
        (torch.randn(channels, h, w, generator=rng, dtype=torch.float64).to(dtype), int(label))
        for (h, w), label in zip(sizes, torch.randperm(50, generator=rng).tolist(), strict=False)
    ]


@pytest.mark.points("0.08")
def test_collate(submission, rng):
    """collate: батч из картинок одного размера

    Список пар (картинка (C, H, W), метка int) превращается в пару тензоров: (B, C, H, W) и (B,) типа int64.
    """
    for count, channels in ((4, 1), (1, 1), (3, 2)):
        batch = pairs([(5, 3)] * count, rng, channels)
        call = f"collate(пары с картинками {channels}×5×3, {count} шт.)"
        answer, _ = check.parts(submission.call(probes.collated, batch), 2, call=call)
        images, labels = [one for one, _ in batch], [label for _, label in batch]
        check_batch(answer, images, labels, call)


@pytest.mark.hidden
@pytest.mark.points("0.07")
def test_collate_pads(submission, rng):
    """collate: картинки разного размера

    Высота и ширина батча — наибольшие среди его картинок; остальное — нули снизу и справа. Тип картинок сохраняется,
    сами картинки не меняются. Функцию вызывает DataLoader.
    """
    for dtype in (torch.float32, torch.float64):
        batch = pairs([(4, 6), (7, 2), (3, 3), (7, 5)], rng, dtype=dtype)
        images, labels = [one for one, _ in batch], [label for _, label in batch]
        call = f"collate(картинки разных размеров, {dtype})".replace("torch.", "")
        answer, kept = check.parts(submission.call(probes.collated, batch), 2, call=call)
        check_batch(answer, images, labels, call)
        for image, after in zip(images, check.parts(kept, len(images), call=call), strict=True):
            check.equal(after, image, call=f"{call}: картинка после вызова", why="картинки менять нельзя")
    glyphs = Glyphs(rng)
    crops = [(2 + row % 3, 3 + row % 4) for row in range(len(glyphs.train))]
    call = "DataLoader(GlyphDataset(root, transform=обрезает), 4, collate_fn=collate)"
    batches = submission.call(probes.loaded, glyphs.data, 4, crops)
    images = [glyphs.train.image(row)[:, :h, :w] for row, (h, w) in enumerate(crops)]
    labels = [glyphs.label(glyphs.train, row) for row in range(len(glyphs.train))]
    expected = [slice(start, start + 4) for start in range(0, len(images), 4)]
    for rows, answer in zip(expected, check.parts(batches, len(expected), call=call), strict=True):
        check_batch(answer, images[rows], labels[rows], call)
