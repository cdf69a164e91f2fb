"""Данные и искажения: 1 балл."""

import math
from itertools import pairwise

import probes
import pytest
import torch
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
        elif isinstance(answer, dict) and not all(type(number) is int for number in answer.values()):
            why = 'номера — не целые числа Python: {буква: номер}, например {"А": 0}'
        elif isinstance(answer, dict) and answer.keys() == expected.keys():
            why = "буквы те, а номера не по алфавиту; у set порядка нет вовсе: пройдите по sorted(set(labels))"
        check.equal(answer, expected, call=f"букв {count}, class_map(labels)", why=why)


def rising(numbers):
    """Целые числа, каждое больше предыдущего."""
    whole = all(type(number) is int for number in numbers)
    return whole and all(one < other for one, other in pairwise(numbers))


def normalised(images, like):
    """Правильный ответ `Normalise(like)(images)`."""
    known = like.double()
    return ((images.double() - known.mean()) / known.std()).float()[:, None]


def check_normalised(submission, train, images, call):
    y, after = check.parts(submission.call(probes.normalise, train, images), 2, call=call)
    untouched(after, images, call)
    form = ""
    if type(y) is torch.Tensor and y.shape == images.shape:
        form = "нет оси каналов: свёртка ждёт (B, 1, H, W)"
    elif type(y) is torch.Tensor and y.dtype != torch.float32:
        form = "свёртка с весами float32 другого типа не примет: начните с images.float()"
    causes = {
        "suspects": misnormalised(images, train),
        "otherwise": "нужно (images − mean) / std, где mean и std — два числа, посчитанные по train",
    }
    inputs = {"train": train, "images": images}
    check.close(y, normalised(images, train), rtol=1e-4, atol=1e-4, call=call, inputs=inputs, why=form, **causes)


def misnormalised(images, train):
    """Картинки, нормированные с обычными ошибками."""
    own, known = images.double(), train.double()
    mean, std = known.mean(), known.std()
    each, other = own.flatten(1), (255 - train[:5] // 2).double()
    wrong = {
        "среднее и отклонение посчитаны по первым 200 картинкам, а нужны по всем обучающим": (
            (own - known[:200].mean()) / known[:200].std()
        ),
        "числа общие на весь класс, и второй Normalise подменил их: храните в self": (own - other.mean()) / other.std(),
        "среднее и отклонение посчитаны по этим картинкам; их считают один раз, в __init__, по обучающим": (
            (own - own.mean()) / own.std()
        ),
        "отклонение посчитано по этим картинкам; его считают один раз, в __init__, по обучающим": (
            (own - mean) / own.std()
        ),
        "байты поделены на 255, но среднее не вычтено": own / 255,
        "числа 0,5 и 0,5 взяты из чужого примера; среднее и отклонение считают по обучающим": 2 * own / 255 - 1,
        "среднее поделено на 255, а отклонение — нет (или наоборот)": (own / 255 - mean / 255) / std,
        "картинки возвращены без нормировки": own,
        "у каждой картинки своё среднее и отклонение; нужны одни на всех, по обучающим": (
            (own - each.mean(1)[:, None, None]) / each.std(1).clamp(min=1e-9)[:, None, None]
        ),
        "среднее и отклонение посчитаны по светлым точкам; чёрные тоже входят": (
            (own - known[known > 0].mean()) / known[known > 0].std()
        ),
        "поделено на дисперсию, а нужно на стандартное отклонение": (own - mean) / known.var(),
        "среднее вычтено, но на отклонение не поделено": own - mean,
        "среднее вычтено из байтов: в uint8 отрицательных чисел нет; сначала .float()": ((own - int(mean)) % 256) / std,
    }
    return {cause: answer.float()[:, None] for cause, answer in wrong.items()}


@pytest.mark.points("0.15")
def test_normalise(submission, rng):
    """Нормировка: у обучающих картинок среднее 0 и отклонение 1

    Из (B, H, W) uint8 получается (B, 1, H, W) float32: канал появляется здесь. Среднее и отклонение — два числа на всю
    обучающую выборку.
    """
    train, _ = probes.letters(300, rng)
    train = train[train.flatten(1).double().mean(1).argsort()]  # от тёмных к светлым: часть за всех не ответит
    check_normalised(submission, train, train, "Normalise(train)(train)")


@pytest.mark.points("0.1")
def test_normalise_new_images(submission, rng):
    """Новые картинки нормируются числами обучающих

    Сеть привыкла к одному пересчёту яркости, и после обучения он тот же. Одну картинку, полоску и целую доску Normalise
    пересчитывает так же, как батч. Два Normalise, построенных по разным картинкам, друг другу не мешают.
    """
    train, _ = probes.letters(200, rng)
    for images in (255 - train[:7], train[3:4] // 2, probes.strips(5, rng)[0], train[:12].transpose(1, 2)):
        check_normalised(submission, train, images, "Normalise(train)(images)")


@pytest.mark.points("0.2")
def test_shift(submission, rng):
    """Сдвиг: dy вниз, dx вправо, освободившееся место чёрное

    У каждой картинки свой сдвиг. Ушедшее за край пропадает и с другой стороны не появляется. Сдвиг бывает и больше
    картинки: тогда на ней не остаётся ничего.
    """
    for count, height, width, limit in ((40, 9, 7, 4), (12, 5, 8, 11)):
        images = pictures(count, height, width, rng)
        dy, dx = (torch.randint(-limit, limit + 1, (count,), generator=rng) for _ in range(2))
        dy[:2], dx[:2] = torch.tensor([1, 0]), torch.tensor([0, -2])
        down, right = dy.tolist(), dx.tolist()
        call = "shift(images, dy, dx)"
        y, after = check.parts(submission.call(probes.shift, images, dy, dx), 2, call=call)
        steps = list(zip(images, zip(down, right, strict=True), strict=True))
        expected = moved(images, down, right)
        suspects = {
            "картинки возвращены без сдвига": images,
            "dy и dx перепутаны: dy — по строкам (вниз), dx — по столбцам (вправо)": moved(images, right, down),
            "сдвинуто в обратную сторону: положительный dy — вниз, положительный dx — вправо": moved(
                images, [-step for step in down], [-step for step in right]
            ),
            "ушедшее за край вернулось с другой стороны: так делает torch.roll; там должно быть чёрное": torch.stack(
                [torch.roll(image, step, (0, 1)) for image, step in steps]
            ),
            "освободившееся место заполнено краем картинки, а должно быть чёрным": torch.stack(
                [stretched(image, *step) for image, step in steps]
            ),
            "все картинки сдвинуты одинаково, как первая": moved(images, down[:1] * count, right[:1] * count),
            "сдвинуто только по вертикали": moved(images, down, [0] * count),
            "сдвинуто только по горизонтали": moved(images, [0] * count, right),
        }
        otherwise = "проверьте края и тип: освободившееся место чёрное, картинки остаются uint8"
        inputs = {"images": images, "dy": dy, "dx": dx}
        where = f"{call}, картинки (B, {height}, {width})"
        check.close(y, expected, call=where, suspects=suspects, otherwise=otherwise, inputs=inputs)
        untouched(after, images, call)


def stretched(image, down, right):
    """Сдвинутая картинка, у которой на освободившемся месте повторён край."""
    rows, columns = (
        (torch.arange(size) - step).clamp(0, size - 1) for size, step in zip(image.shape, (down, right), strict=True)
    )
    return image[rows][:, columns]


@pytest.mark.points("0.1")
def test_thicken(submission, rng):
    """Утолщение: наибольшее в окне 3 × 3

    Каждая точка становится самой яркой из девяти: себя и восьми соседей. За краем картинки соседей нет.
    """
    images = dots(30, 12, 9, rng)
    images[0, 0, 0] = 200
    call = "thicken(images)"
    y, after = check.parts(submission.call(probes.thicken, images), 2, call=call)
    otherwise = "наибольшее из девяти точек вокруг каждой; форма и тип те же"
    suspects = unthickened(images)
    check.close(y, window_maximum(images), call=call, suspects=suspects, otherwise=otherwise, inputs={"images": images})
    untouched(after, images, call)


def unthickened(images):
    """Картинки, утолщённые с обычными ошибками."""
    window = torch.nn.functional.pad(images, (1, 1, 1, 1)).unfold(1, 3, 1).unfold(2, 3, 1).flatten(3).double()
    around = [images.roll((down, right), (1, 2)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return {
        "картинки возвращены без изменений": images,
        "взято окно 5 × 5, а нужно 3 × 3": window_maximum(images, 2, 2),
        "утолщено только по горизонтали": window_maximum(images, 0, 1),
        "утолщено только по вертикали": window_maximum(images, 1, 0),
        "соседи по диагонали забыты: в окне девять точек": torch.maximum(
            window_maximum(images, 1, 0), window_maximum(images, 0, 1)
        ),
        "взято наименьшее: светлые штрихи стали тоньше, а не толще": 255 - window_maximum(255 - images),
        "края склеены: соседом крайней точки стала точка с другой стороны (torch.roll)": torch.stack(around).amax(0),
        "взято среднее окна, а нужно наибольшее": window.mean(-1).to(images.dtype),
        "взята сумма окна, а нужно наибольшее": window.sum(-1).clamp(max=255).to(images.dtype),
        "соседями стали и соседние картинки батча": torch.stack(
            [window_maximum(images[max(0, place - 1) : place + 2]).amax(0) for place in range(len(images))]
        ),
        "сама точка забыта: в окне девять точек, а не восемь соседей": window[..., [0, 1, 2, 3, 5, 6, 7, 8]].amax(-1),
    }


LIMIT = 2
STEPS = [(down, right) for down in range(-LIMIT - 2, LIMIT + 3) for right in range(-LIMIT - 2, LIMIT + 3)]


LATE = "сдвинута, потом утолщена"


def recognised(augmented, images):
    """Что сделано с каждой картинкой: список троек (утолщена, dy, dx); None там, где ничего похожего."""
    thick = window_maximum(images)
    found = [None] * len(images)
    for down, right in STEPS:
        shifted, bold = moved_together(images, down, right), moved_together(thick, down, right)
        for kind, candidate in ((False, shifted), (True, bold), (LATE, window_maximum(shifted))):
            for place in (augmented == candidate).flatten(1).all(1).nonzero().flatten().tolist():
                found[place] = found[place] or (kind, down, right)
    return found


def check_recognised(answer, images, call):
    check.tensor(answer, shape=images.shape, dtype=images.dtype, call=call, inputs={"images": images})
    found = recognised(answer, images)
    strange = found.count(None)
    check.that(
        strange == 0,
        f"{call}: {strange} из {len(images)} картинок — не сдвиг исходной, утолщённой или нет\n"
        f"картинки: {tuple(images.shape)}, первая такая — номер {found.index(None) if strange else 0}\n"
        "похоже: изменено что-то ещё, освободившееся место не чёрное или картинки перемешаны",
    )
    late = sum(step[0] == LATE for step in found)
    check.that(
        late == 0,
        f"{call}: {late} из {len(images)} картинок сначала сдвинуты, а потом утолщены; порядок обратный\n"
        "похоже: ушедшее за край уже не утолстить, и у края выходит другое: сначала thicken, потом shift",
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
    """Искажение: утолщение у половины картинок, потом сдвиг до двух пикселей

    Каждая картинка решает за себя, а чего не просили, с ней не происходит. Исходные картинки не меняются.
    """
    images = pictures(300, 9, 7, rng)
    call = "augment(images, generator)"
    y, after = check.parts(submission.call(probes.augment, images, number(rng)), 2, call=call)
    found = check_recognised(y, images, call)
    # у трёхсот независимых картинок одно и то же бывает с вероятностью меньше 2⁻²⁹⁸
    thick = sum(step[0] for step in found)
    check.that(
        0 < thick < len(images),
        f"{call}: утолщено {thick} из {len(images)} картинок, а нужна каждая вторая\n"
        "похоже: жребий один на весь батч, или условие верно всегда (никогда): "
        "torch.rand(B, generator=generator) < 0.5",
    )
    for position, what in ((1, "сдвиг по вертикали"), (2, "сдвиг по горизонтали")):
        different = {step[position] for step in found}
        check.that(
            len(different) > 1,
            f"{call}: {what} у всех {len(images)} картинок один: {different.pop()}\n"
            "похоже: случайное число выбрано одно на батч, а нужно по одному на картинку",
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
    answer = check.parts(submission.call(probes.augment_again, images, number(rng)), 3, call=call)
    check_frequencies(check_recognised(answer[0], images, call), call)
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
    check_independent(submission, rng, call)


def check_frequencies(found, call):
    """Утолщение, каждый сдвиг и каждая из пятидесяти пар встречаются так часто, как обещано."""
    moves = range(-LIMIT, LIMIT + 1)
    of = f"сколько картинок из {len(found)}"
    why = "каждая вторая картинка: torch.rand(B, generator=generator) < 0.5"
    check_often([step[0] for step in found].count(True), len(found), 1 / 2, call, f"{of} утолщено", why)
    why = "пять сдвигов равновероятны; у torch.randint верхняя граница в промежуток не входит: randint(−2, 3)"
    for place, name in ((1, "dy"), (2, "dx")):
        chosen = [step[place] for step in found]
        for move in moves:
            check_often(chosen.count(move), len(found), 1 / 5, call, f"{of} сдвинуто на {name} = {move}", why)
    why = "утолщение, dy и dx выбираются независимо: три разных случайных числа на картинку"
    for bold, down, right in ((bold, down, right) for bold in (False, True) for down in moves for right in moves):
        what = f"{of} {'утолщено' if bold else 'не утолщено'} и сдвинуто на dy = {down}, dx = {right}"
        check_often(found.count((bold, down, right)), len(found), 1 / 50, call, what, why)


def check_often(times, count, share, call, what, why):
    spread = SIGMAS * math.sqrt(count * share * (1 - share))
    low, high = math.ceil(count * share - spread), math.floor(count * share + spread)
    check.within(times, low, high, call=f"{call}: частоты", what=what, why=why)


def check_independent(submission, rng, call):
    """Соседи по батчу решают порознь: в батче из двух картинок утолщаются то обе, то одна, то ни одной."""
    images = pictures(1, 7, 6, rng).expand(2, 7, 6)
    pairs = submission.call(probes.augment_often, images, number(rng), 120)
    check.tensor(pairs, shape=(120, 2, 7, 6), dtype=images.dtype, call=f"{call}, батчи из двух картинок")
    found = check_recognised(pairs.flatten(0, 1), images[:1].expand(240, 7, 6), call)
    thick = {found[place][0] + found[place + 1][0] for place in range(0, 240, 2)}
    # у независимых картинок каждое из трёх чисел не встретится за 120 раз с вероятностью меньше 2 · 0,75¹²⁰ < 10⁻¹⁴
    check.that(
        thick == {0, 1, 2},
        f"{call}: картинки батча решают не порознь: в батче из двух утолщено бывает {sorted(thick)}, а не 0, 1 и 2\n"
        "похоже: утолщена ровно половина батча (randperm, чередование); у каждой картинки должен быть свой жребий",
    )


@pytest.mark.points("0.15")
def test_batches(submission, rng):
    """Батчи: за эпоху каждая картинка ровно один раз, вместе со своей меткой

    Последний батч может быть меньше. Порядок новый в каждой эпохе и берётся из генератора.
    """
    for count, size in ((53, 8), (48, 8)):
        check_epochs(submission, rng, count, size)


def check_epochs(submission, rng, count, size):
    """Две эпохи подряд и ещё две с тем же зерном."""
    images = torch.arange(count, dtype=torch.uint8)[:, None, None].expand(count, 4, 3).contiguous()
    labels = torch.randperm(count, generator=rng) + 100
    call = f"batches(images, labels, {size}, generator), картинок {count}"
    seed = number(rng)
    first, second = (
        epoch_order(epoch, labels, size, call) for epoch in epochs_of(submission, images, labels, size, seed, call)
    )
    check.that(
        first != sorted(first) and first != second,
        f"{call}: порядок картинок не меняется от эпохи к эпохе\nпохоже: нет перемешивания или зерно задаётся внутри",
    )
    # соседних номеров подряд в случайном порядке в среднем один; больше половины не бывает
    together = sum(other - one == 1 for one, other in pairwise(first))
    check.that(
        together < count / 2,
        f"{call}: картинки почти не перемешаны: {together} раз из {count} подряд идут соседи\n"
        "похоже: порядок сдвинут по кругу или переставлены целые батчи; нужна torch.randperm всех номеров",
    )
    check.that(
        set(first[:size]) != set(second[:size]),
        f"{call}: состав первого батча во второй эпохе тот же\n"
        "похоже: перемешано только внутри батчей; сначала torch.randperm всех номеров, потом делёж на батчи",
    )
    again = epochs_of(submission, images, labels, size, seed, call)
    check.that(
        epoch_order(again[0], labels, size, call) == first,
        f"{call}: с тем же зерном генератора порядок другой\nпохоже: randperm вызван без generator=generator",
    )


def epochs_of(submission, images, labels, size, seed, call):
    answer = submission.call(probes.batches, images, labels, size, seed)
    check.that(isinstance(answer, list) and len(answer) == 2, f"{call}: вернулись не батчи")
    return answer


def epoch_order(epoch, labels, size, call):
    """Номера картинок в порядке появления; каждый батч перед этим проверен."""
    check.that(isinstance(epoch, list), f"{call}: эпоха — не последовательность батчей")
    order = []
    for pair in epoch:
        images, targets = check.parts(pair, 2, call=f"{call}: один батч")
        check.that(
            type(images) is torch.Tensor and images.ndim == 3 and images.numel() > 0 and images.dtype == torch.uint8,
            f"{call}: в батче не картинки (B, H, W) uint8, или он пуст",
        )
        places = images[:, 0, 0].long()
        what = f"{call}: метки батча"
        check.tensor(targets, shape=places.shape, dtype=labels.dtype, call=what)
        why = "картинки и метки перемешаны по-разному: возьмите один и тот же список номеров для тех и других"
        check.equal(targets, labels[places.clamp(max=len(labels) - 1)], call=what, why=why)
        order += places.tolist()
    sizes = [len(pair[0]) for pair in epoch]
    why = "последний, неполный батч тоже нужен" if len(order) < len(labels) else "каждая картинка — один раз за эпоху"
    check.equal(sorted(order), list(range(len(labels))), call=f"{call}: картинки за эпоху", why=why)
    full, rest = divmod(len(labels), size)
    check.equal(sizes, [size] * full + [rest] * (rest > 0), call=f"{call}: размеры батчей")
    return order
