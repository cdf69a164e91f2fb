"""Данные и искажения: 1 балл."""

import math
from itertools import pairwise

import probes
import pytest
import torch
from answers import likely_cause, parts
from inputs import alphabet, dots, moved, moved_together, number, pictures, window_maximum

from kafedra.testing import check

# Частоты считаются по выборке; случайное отклонение больше семи σ бывает реже одного раза на 10¹⁰ прогонов
SIGMAS = 7


def untouched(after, images, call):
    """Вход остался каким был."""
    why = "картинки изменены на месте; в следующей эпохе они понадобятся снова, верните новый тензор"
    check.equal(after, images, call=f"{call}: картинки после вызова", why=why)


@pytest.mark.points("0.1")
def test_class_map(submission, rng):
    """Номера классов: буквы по алфавиту, с нуля

    Порядок не зависит от того, какая буква встретилась первой. Порядок в set(...) ничем не обещан: сохранили веса,
    запустили программу заново — и седьмой класс означает уже другую букву.
    """
    for count in (31, 8, 1):
        known = alphabet(probes.LETTERS, count, rng)
        text = known + "".join(known[i] for i in torch.randint(count, (40,), generator=rng).tolist())
        expected = {letter: place for place, letter in enumerate(sorted(known))}
        answer = submission.call(probes.class_map, text)
        why = "сначала различные буквы, потом сортировка, потом номера с нуля: {буква: номер}"
        if answer == {letter: place for place, letter in enumerate(known)} and count > 1:
            why = "буквы занумерованы в том порядке, в каком встретились; нужно по алфавиту"
        elif answer == {letter: place + 1 for letter, place in expected.items()}:
            why = "номера начинаются с единицы, а cross_entropy считает классы с нуля"
        elif isinstance(answer, dict) and rising([answer.get(letter) for letter in expected]):
            why = "номера идут не подряд: нумеруйте только те буквы, которые встретились"
        elif isinstance(answer, dict) and answer.keys() == expected.keys():
            why = "буквы те, а номера не по алфавиту: порядок, в котором set выдаёт буквы, — случайный"
        check.equal(answer, expected, call=f"class_map(labels), различных букв {count}", why=why)


def rising(numbers):
    """Целые числа, каждое больше предыдущего."""
    whole = all(type(number) is int for number in numbers)
    return whole and all(one < other for one, other in pairwise(numbers))


def normalised(images, like):
    """Правильный ответ `Normalise(like)(images)`."""
    known = like.double()
    return ((images.double() - known.mean()) / known.std()).float()[:, None]


def check_normalised(submission, train, images, call):
    y, after = parts(submission.call(probes.normalise, train, images), 2, call)
    untouched(after, images, call)
    own = images.double()
    each = own.flatten(1)
    per_image = (own - each.mean(1)[:, None, None]) / each.std(1).clamp(min=1e-9)[:, None, None]
    suspects = {
        "среднее и отклонение посчитаны по этим картинкам; их считают один раз, в __init__, по обучающим": normalised(
            images, images
        ),
        "байты поделены на 255, но среднее не вычтено": (own / 255).float()[:, None],
        "картинки возвращены без нормировки": own.float()[:, None],
        "у каждой картинки своё среднее и отклонение; нужны одни на всех, по обучающим": per_image.float()[:, None],
        "поделено на дисперсию, а нужно на стандартное отклонение": (
            ((own - train.double().mean()) / train.double().var()).float()[:, None]
        ),
        "среднее вычтено, но на отклонение не поделено": (own - train.double().mean()).float()[:, None],
    }
    expected = normalised(images, train)
    why = likely_cause(y, expected, suspects, "нужно (images − mean) / std, где mean и std — числа", rtol=1e-4)
    check.close(y, expected, rtol=1e-4, atol=1e-4, call=call, inputs={"train": train, "images": images}, why=why)


@pytest.mark.points("0.15")
def test_normalise(submission, rng):
    """Нормировка: у обучающих картинок среднее 0 и отклонение 1

    Из (N, H, W) uint8 получается (N, 1, H, W) float32: канал появляется здесь. Среднее и отклонение — два числа на всю
    обучающую выборку.
    """
    train, _ = probes.letters(200, rng)
    check_normalised(submission, train, train, "Normalise(train)(train)")


@pytest.mark.points("0.1")
def test_normalise_new_images(submission, rng):
    """Новые картинки нормируются числами обучающих

    Сеть привыкла к одному пересчёту яркости, и после обучения он тот же. Одну картинку, полоску и целую доску Normalise
    пересчитывает так же, как пачку.
    """
    train, _ = probes.letters(200, rng)
    for images in (255 - train[:7], train[3:4] // 2, probes.strips(5, rng)[0], train[:12].transpose(1, 2)):
        check_normalised(submission, train, images, "Normalise(train)(images)")


@pytest.mark.points("0.2")
def test_shift(submission, rng):
    """Сдвиг: dy вниз, dx вправо, освободившееся место чёрное

    У каждой картинки свой сдвиг. Ушедшее за край пропадает и с другой стороны не появляется.
    """
    for count, height, width, limit in ((40, 9, 7, 4), (12, 5, 8, 11)):
        images = pictures(count, height, width, rng)
        dy, dx = (torch.randint(-limit, limit + 1, (count,), generator=rng) for _ in range(2))
        dy[:2], dx[:2] = torch.tensor([1, 0]), torch.tensor([0, -2])
        down, right = dy.tolist(), dx.tolist()
        call = "shift(images, dy, dx)"
        y, after = parts(submission.call(probes.shift, images, dy, dx), 2, call)
        rolled = torch.stack(
            [torch.roll(*step, (0, 1)) for step in zip(images, zip(down, right, strict=True), strict=True)]
        )
        expected = moved(images, down, right)
        suspects = {
            "картинки возвращены без сдвига": images,
            "dy и dx перепутаны: dy — по строкам (вниз), dx — по столбцам (вправо)": moved(images, right, down),
            "сдвинуто в обратную сторону: положительный dy — вниз, положительный dx — вправо": moved(
                images, [-step for step in down], [-step for step in right]
            ),
            "ушедшее за край вернулось с другой стороны: так делает torch.roll; там должно быть чёрное": rolled,
            "все картинки сдвинуты одинаково, как первая": moved(images, down[:1] * count, right[:1] * count),
            "сдвинуто только по вертикали": moved(images, down, [0] * count),
            "сдвинуто только по горизонтали": moved(images, [0] * count, right),
        }
        why = likely_cause(y, expected, suspects, "проверьте края: что стоит на освободившемся месте?")
        inputs = {"images": images, "dy": dy, "dx": dx}
        check.equal(y, expected, call=f"{call}: картинки (N, {height}, {width})", inputs=inputs, why=why)
        untouched(after, images, call)


@pytest.mark.points("0.1")
def test_thicken(submission, rng):
    """Утолщение: наибольшее в окне 3 × 3

    Каждая точка становится самой яркой из девяти: себя и восьми соседей. За краем картинки соседей нет.
    """
    images = dots(30, 12, 9, rng)
    images[0, 0, 0] = 200
    call = "thicken(images)"
    y, after = parts(submission.call(probes.thicken, images), 2, call)
    inverted = 255 - images
    suspects = {
        "картинки возвращены без изменений": images,
        "взято окно 5 × 5, а нужно 3 × 3": window_maximum(images, 2, 2),
        "утолщено только по горизонтали": window_maximum(images, 0, 1),
        "утолщено только по вертикали": window_maximum(images, 1, 0),
        "соседи по диагонали забыты: в окне девять точек": torch.maximum(
            window_maximum(images, 1, 0), window_maximum(images, 0, 1)
        ),
        "взято наименьшее: светлые штрихи стали тоньше, а не толще": 255 - window_maximum(inverted),
    }
    why = likely_cause(y, images, suspects, "наибольшее из девяти точек вокруг каждой; форма и тип те же")
    check.equal(y, window_maximum(images), call=call, inputs={"images": images}, why=why)
    untouched(after, images, call)


LIMIT = 2
STEPS = [(down, right) for down in range(-LIMIT - 2, LIMIT + 3) for right in range(-LIMIT - 2, LIMIT + 3)]


def recognised(augmented, images):
    """Что сделано с каждой картинкой: список троек (утолщена, dy, dx); None там, где ничего похожего."""
    thick = window_maximum(images)
    found = [None] * len(images)
    for down, right in STEPS:
        shifted, thick_first = moved_together(images, down, right), moved_together(thick, down, right)
        for bold, candidate in ((False, shifted), (True, thick_first), (True, window_maximum(shifted))):
            for place in (augmented == candidate).flatten(1).all(1).nonzero().flatten().tolist():
                found[place] = found[place] or (bold, down, right)
    return found


def check_recognised(answer, images, call):
    check.tensor(answer, shape=images.shape, dtype=images.dtype, call=call, inputs={"images": images})
    found = recognised(answer, images)
    strange = found.count(None)
    check.that(
        strange == 0,
        f"{call}: {strange} картинок из {len(images)} — не сдвиг исходной, утолщённой или нет\n"
        f"картинки: {tuple(images.shape)}, первая такая — номер {found.index(None) if strange else 0}\n"
        "похоже: изменено что-то ещё, освободившееся место не чёрное или картинки перемешаны",
    )
    far = [step[1:] for step in found if max(abs(step[1]), abs(step[2])) > LIMIT]
    check.that(
        not far,
        f"{call}: сдвиг больше {LIMIT} пикселей, например (dy, dx) = {far[0] if far else ()}\n"
        "похоже: верхняя граница torch.randint не входит в промежуток: для −2 … 2 нужно randint(−2, 3)",
    )
    return found


@pytest.mark.points("0.1")
def test_augment(submission, rng):
    """Искажение: утолщение у половины картинок и сдвиг до двух пикселей

    Каждая картинка решает за себя, а чего не просили, с ней не происходит. Исходные картинки не меняются.
    """
    images = pictures(300, 9, 7, rng)
    call = "augment(images, generator)"
    y, after = parts(submission.call(probes.augment, images, number(rng)), 2, call)
    found = check_recognised(y, images, call)
    for position, what in enumerate(("утолщение", "сдвиг по вертикали", "сдвиг по горизонтали")):
        # у трёхсот независимых картинок одно и то же бывает с вероятностью меньше 2⁻²⁹⁸
        different = {step[position] for step in found}
        check.that(
            len(different) > 1,
            f"{call}: {what} — одно на все {len(images)} картинок ({different.pop()})\n"
            "похоже: случайное число выбрано одно на пачку, а нужно по одному на картинку",
        )
    untouched(after, images, call)


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_augment_chance(submission, rng):
    """Искажение: все сдвиги одинаково часты, случайность — из генератора

    25 сдвигов (5 по вертикали на 5 по горизонтали) равновероятны, утолщается каждая вторая картинка, и одно от другого
    не зависит. С одним и тем же зерном генератора получается одно и то же, каким бы ни было зерно torch.manual_seed.
    """
    images = pictures(1, 7, 6, rng).expand(4000, 7, 6)
    call = "augment(images, generator)"
    answer = parts(submission.call(probes.augment_again, images, number(rng)), 3, call)
    found = check_recognised(answer[0], images, call)
    share = 1 / 50
    sigma = math.sqrt(len(found) * share * (1 - share))
    for cell in ((bold, down, right) for bold in (False, True) for down, right in STEPS):
        if max(abs(cell[1]), abs(cell[2])) <= LIMIT:
            what = f"сколько из {len(found)} картинок с утолщением {cell[0]}, dy = {cell[1]}, dx = {cell[2]}"
            low, high = len(found) * share - SIGMAS * sigma, len(found) * share + SIGMAS * sigma
            why = "пятьдесят исходов равновероятны: randint(−2, 3) для сдвигов и rand() < 0,5 для утолщения"
            check.within(found.count(cell), low, high, call=f"{call}: частоты", what=what, why=why)
    for other in answer[1:]:
        check.tensor(other, shape=images.shape, dtype=images.dtype, call=call)
    check.that(
        not torch.equal(answer[0], answer[1]),
        f"{call}: два вызова подряд исказили картинки одинаково\nпохоже: зерно задаётся внутри augment",
    )
    check.that(
        torch.equal(answer[0], answer[2]),
        f"{call}: с тем же зерном генератора искажение другое\n"
        "похоже: случайность взята мимо generator; передайте его: torch.rand(..., generator=generator)",
    )


@pytest.mark.points("0.15")
def test_batches(submission, rng):
    """Пачки: за эпоху каждая картинка ровно один раз, вместе со своей меткой

    Последняя пачка может быть меньше. Порядок новый в каждой эпохе и берётся из генератора.
    """
    count, size = 53, 8
    images = torch.arange(count, dtype=torch.uint8)[:, None, None].expand(count, 4, 3).contiguous()
    labels = torch.randperm(count, generator=rng) + 100
    call = f"batches(images, labels, {size}, generator), картинок {count}"
    seed = number(rng)
    epochs = [
        epoch_order(epoch, labels, size, call) for epoch in epochs_of(submission, images, labels, size, seed, call)
    ]
    check.that(
        epochs[0] != sorted(epochs[0]) and epochs[0] != epochs[1],
        f"{call}: порядок картинок не меняется от эпохи к эпохе\nпохоже: нет перемешивания или зерно задаётся внутри",
    )
    again = epochs_of(submission, images, labels, size, seed, call)
    check.that(
        epoch_order(again[0], labels, size, call) == epochs[0],
        f"{call}: с тем же зерном генератора порядок другой\nпохоже: randperm вызван без generator=generator",
    )


def epochs_of(submission, images, labels, size, seed, call):
    answer = submission.call(probes.batches, images, labels, size, seed)
    check.that(isinstance(answer, list) and len(answer) == 2, f"{call}: вернулись не пачки")
    return answer


def epoch_order(epoch, labels, size, call):
    """Номера картинок в порядке появления; каждая пачка перед этим проверена."""
    check.that(isinstance(epoch, list), f"{call}: эпоха — не последовательность пачек")
    order = []
    for pair in epoch:
        images, targets = parts(pair, 2, f"{call}: одна пачка")
        check.that(
            type(images) is torch.Tensor and images.ndim == 3 and images.numel() > 0 and images.dtype == torch.uint8,
            f"{call}: в пачке не картинки (B, H, W) uint8",
        )
        places = images[:, 0, 0].long()
        what = f"{call}: метки пачки"
        check.tensor(targets, shape=places.shape, dtype=labels.dtype, call=what)
        why = "картинки и метки перемешаны по-разному: возьмите один и тот же список номеров для тех и других"
        check.equal(targets, labels[places.clamp(max=len(labels) - 1)], call=what, why=why)
        order += places.tolist()
    sizes = [len(pair[0]) for pair in epoch]
    why = "последняя, неполная пачка тоже нужна" if len(order) < len(labels) else "каждая картинка — один раз за эпоху"
    check.equal(sorted(order), list(range(len(labels))), call=f"{call}: картинки за эпоху", why=why)
    full, rest = divmod(len(labels), size)
    check.equal(sizes, [size] * full + [rest] * (rest > 0), call=f"{call}: размеры пачек")
    return order
