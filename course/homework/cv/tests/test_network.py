"""Сеть и её обучение: 1,5 балла."""

import probes
import pytest
import torch
from answers import check_floats, listed
from inputs import alphabet, renamed
from readers import RUNS, shares, trained

from kafedra.testing import check

MOST_PARAMETERS = 500_000

# Доля верно прочитанных новых букв, среднее по трём обучениям на 1550 буквах. Четыре группы, решения из solutions/ по
# очереди: среднее 0,979, σ 0,0031, наименьшее 0,976; запас 25 σ. Ближайший сосед, который помнит все обучающие
# картинки, — 0,67.
ACCURACY = 0.9


def check_network(submission, classes, x):
    """Ответы сети, карты признаков, веса и смещение последнего слоя: тензоры тех форм, что обещаны."""
    call = f"LetterNet({classes}), x {tuple(x.shape)}"
    logits, features, weight, bias = check.parts(submission.call(probes.network, classes, x), 4, call=call)
    count = len(x)
    why = "число букв приходит в LetterNet(classes): постоянного числа в сети быть не должно"
    check_floats(logits, (count, classes), f"{call}: ответы model(x)", {"x": x}, why)
    check.tensor(features, call=f"{call}: карты признаков model.features(x)")
    check.that(
        features.ndim == 4 and len(features) == count,
        f"{call}: model.features(x) имеет форму {tuple(features.shape)}, а нужна (B, C, h, w)\n"
        "похоже: признаки уже усреднены или вытянуты в строку; до усреднения у каждого есть место на картинке",
    )
    check_floats(features, features.shape, f"{call}: карты признаков model.features(x)")
    why = "head стоит после среднего карт: входов столько, сколько каналов C, а не чисел в карте"
    check_floats(weight, (classes, features.shape[1]), f"{call}: веса model.head", why=why)
    if bias is not None:
        check_floats(bias, (classes,), f"{call}: смещение model.head")
    return logits, features, weight, bias


@pytest.mark.points("0.15")
def test_network_shapes(submission, rng):
    """Сеть: любое число букв, картинка любого размера

    features даёт карты признаков (B, C, h, w), head — обычный Linear из C в число классов. На картинке 32 × 28 карта
    должна быть не меньше 4 × 4, иначе по ней не увидеть, куда смотрит сеть.
    """
    for classes, count, height, width in ((31, 5, 32, 28), (7, 2, 44, 52), (12, 1, 32, 84)):
        x = torch.randn(count, 1, height, width, generator=rng)
        logits, features, _, _ = check_network(submission, classes, x)
        call = f"LetterNet({classes}), x {tuple(x.shape)}"
        check.that(
            min(features.shape[2:]) >= 4,
            f"{call}: карта признаков всего {tuple(features.shape[2:])}, а нужна не меньше (4, 4)\n"
            "похоже: слишком много раз уменьшено; уберите один pool или шаг",
        )
        check.that(
            count == 1 or not torch.equal(logits[0], logits[1]),
            f"{call}: на разные картинки ответ один и тот же",
        )


@pytest.mark.points("0.1")
def test_network_size(submission):
    """Сеть: не больше 500 000 параметров

    Это много: сети из трёх свёрток хватает и 30 000. Больше всего параметров съедает Linear, в который вытянута целая
    карта признаков.
    """
    call = "LetterNet(31)"
    shapes = submission.call(probes.parameter_shapes, 31)
    whole = isinstance(shapes, list) and all(
        isinstance(shape, tuple) and all(isinstance(size, int) for size in shape) for shape in shapes
    )
    check.that(whole, f"{call}: вместо форм параметров пришло что-то другое")
    total = sum(torch.Size(shape).numel() for shape in shapes)
    check.that(
        0 < total <= MOST_PARAMETERS,
        f"{call}: параметров {total}, а можно от 1 до {MOST_PARAMETERS}\n"
        "похоже: слишком широкие слои или Linear после flatten; а ноль выходит, если слои лежат в обычном списке",
    )


@pytest.mark.points("0.2")
def test_network_logits(submission, rng):
    """Сеть: ответ — head от среднего карт признаков

    model(x) = head(features(x).mean((2, 3))), и после head нет ничего: ни softmax, ни ReLU. Так ответ раскладывается по
    местам на картинке, и это понадобится в последней задаче.
    """
    x = torch.randn(4, 1, 40, 36, generator=rng, dtype=torch.float64)
    classes = 9
    logits, features, weight, bias = check_network(submission, classes, x)
    bias = torch.zeros(classes, dtype=weight.dtype) if bias is None else bias
    expected = features.mean((2, 3)) @ weight.T + bias
    suspects = {
        "после head стоит softmax: cross_entropy сделает его сама": expected.softmax(1),
        "после head стоит log_softmax: cross_entropy сделает его сама": expected.log_softmax(1),
        "после head стоит ReLU: отрицательные ответы потеряны": expected.relu(),
        "после head стоит сигмоида": expected.sigmoid(),
        "карты признаков просуммированы, а нужно усреднить": features.sum((2, 3)) @ weight.T + bias,
        "взят максимум карты, а нужно среднее": features.amax((2, 3)) @ weight.T + bias,
        "смещение head потеряно": features.mean((2, 3)) @ weight.T,
    }
    otherwise = "между features и ответом — только среднее по h, w и head"
    check.close(logits, expected, call="LetterNet(9)(x)", suspects=suspects, otherwise=otherwise, inputs={"x": x})


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_network_follows_shifts(submission, rng):
    """Сеть: буква сдвинулась — сдвинулись и признаки, в ту же сторону

    Первая ось карты — строки, вторая — столбцы, как у картинки. Где на картинке буква, там и на карте отличие от
    пустого места.
    """
    x = torch.zeros(3, 1, 64, 72, dtype=torch.float64)
    patch = torch.randn(12, 12, generator=rng, dtype=torch.float64)
    for row, (top, left) in enumerate([(12, 16), (36, 16), (12, 44)]):
        x[row, 0, top : top + 12, left : left + 12] = patch
    _, features, _, _ = check_network(submission, 5, torch.cat([x, torch.zeros_like(x[:1])]))
    places = [centre(heat, x.shape[2:]) for heat in (features[:3] - features[3]).abs().sum(1)]
    for after, step, what in ((1, (24, 0), "на 24 пикселя вниз"), (2, (0, 28), "на 28 пикселей вправо")):
        got = tuple(round(new - old, 1) for new, old in zip(places[after], places[0], strict=True))
        good = all(abs(came - went) <= 12 for came, went in zip(got, step, strict=True))
        check.that(
            good,
            f"признаки не следуют за буквой: она сдвинулась {what}, а центр отличий на карте — на {got[0]} вниз и "
            f"{got[1]} вправо\nвход {tuple(x.shape)}, карта {tuple(features.shape[2:])}\n"
            "похоже: перепутаны высота и ширина (transpose, permute, view) или места смешаны полносвязным слоем",
        )


def centre(heat, size):
    """Центр тяжести карты (h, w) в пикселях картинки размера `size`."""
    share = heat / heat.sum().clamp(min=1e-30)
    rows, columns = (torch.arange(count, dtype=heat.dtype) + 0.5 for count in heat.shape)
    down, right = (share.sum(1) * rows).sum().item(), (share.sum(0) * columns).sum().item()
    return down * size[0] / heat.shape[0], right * size[1] / heat.shape[1]


@pytest.mark.points("0.2")
def test_training_step(submission, rng):
    """Шаг обучения: обнулить градиенты, посчитать, шагнуть

    Потери — cross_entropy от ответов сети как они есть, среднее по батчу; возвращаются числом. Сеть на время шага в
    режиме обучения: переключите её сами, после проверки на новых картинках она останется в другом.
    """
    x = torch.randn(6, 1, 5, 4, generator=rng, dtype=torch.float64)
    y = torch.randint(4, (6,), generator=rng)
    weight, lr = torch.randn(4, 20, generator=rng, dtype=torch.float64), 0.5
    call = "training_step(model, optimizer, x, y)"
    answer = check.parts(submission.call(probes.training_steps, weight, x, y, lr), 3, call=call)
    steps = [check.parts(step, 2, call=call) for step in answer[:2]]
    causes = {
        "градиенты не обнулены: прошлый шаг складывается с новым": {"stale": True},
        "softmax до cross_entropy: она применит его ещё раз, и потери почти перестанут зависеть от ответа": {
            "squash": True
        },
        "взята сумма по батчу, а нужно среднее": {"reduction": "sum"},
        "веса не изменились: optimizer.step() не вызван, или zero_grad стоит между backward и step": {"lr": 0.0},
        "шаг сделан в обратную сторону": {"lr": -lr},
    }
    expected = oracle(weight, x, y, lr=lr)
    for place, (loss, after) in enumerate(steps):
        wanted_loss, wanted = expected[place]
        suspects = {why: oracle(weight, x, y, **{"lr": lr, **how})[place][1] for why, how in causes.items()}
        otherwise = "zero_grad, cross_entropy, backward, step — ровно по одному разу и ничего сверх того"
        what, inputs = f"{call}: веса после шага {place + 1}", {"x": x, "y": y}
        check.close(after, wanted, call=what, suspects=suspects, otherwise=otherwise, inputs=inputs)
        number = not isinstance(loss, torch.Tensor)
        check.that(number, f"{call}: вернулся тензор, а нужно число\nпохоже: loss вместо loss.item()")
        why = "возвращается cross_entropy этого батча до шага, одним числом: loss.item()"
        check.close(loss, wanted_loss, call=f"{call}: потери на шаге {place + 1}", why=why)
    modes = answer[2]
    trained_mode = isinstance(modes, list) and len(modes) >= 2 and all(mode is True for mode in modes)
    check.that(
        trained_mode,
        f"{call}: сеть училась в режиме применения\nпохоже: нет model.train(); batch norm и дропаут так не учатся",
    )


def oracle(weight, x, y, *, lr, stale=False, squash=False, reduction="mean"):
    """Два шага SGD: пары (потери, веса после шага)."""
    weight, gradient, steps = weight.clone(), torch.ones_like(weight), []
    for _ in range(2):
        leaf = weight.clone().requires_grad_()
        logits = x.flatten(1) @ leaf.T
        loss = torch.nn.functional.cross_entropy(logits.softmax(1) if squash else logits, y, reduction=reduction)
        (fresh,) = torch.autograd.grad(loss, leaf)
        gradient = gradient + fresh if stale else fresh
        weight = weight - lr * gradient
        steps.append((loss.item(), weight))
    return steps


def small_reader(submission, rng):
    """Читатель, обученный одну эпоху на девяти буквах под чужими именами: его ответы и эти имена."""
    shapes, names = alphabet(probes.LETTERS, 9, rng), alphabet(probes.LETTERS, 9, rng)
    cipher = dict(zip(shapes, names, strict=True))
    images, text = probes.letters(90, rng, alphabet=shapes)
    new, _ = probes.letters(14, rng, alphabet=shapes)
    call = "Reader(images, labels, epochs=1)"
    answer = check.parts(submission.call(probes.reader, images, renamed(text, cipher), new), 7, call=call)
    why = "буквы берутся из labels: ответов столько, сколько там различных букв"
    check_floats(answer[2], (len(new), len(names)), f"{call}.scores(new)", why=why)
    return answer, sorted(names)


@pytest.mark.points("0.15")
def test_scores(submission, rng):
    """Читатель: ответ на картинку не зависит ни от соседей по батчу, ни от случая

    После обучения сеть переведена в режим применения, картинки не искажаются, а нормируются числами обучающих. Поэтому
    одна и та же картинка получает одни и те же ответы — в батче, в одиночку и во второй раз. Зерно torch.manual_seed
    читатель не трогает.
    """
    (_, _, together, alone, again, direct, kept), _ = small_reader(submission, rng)
    call = "reader.scores(new)"
    tolerance = {"rtol": 1e-3, "atol": 1e-3}  # свёртки float32 считаются в разном порядке
    why = "в ответ примешана случайность: искажения нужны только в обучении, а дропаут выключает model.eval()"
    check.close(again, together, **tolerance, call=f"{call}: второй раз — то же самое", why=why)
    check_floats(alone, together.shape, f"{call} по одной картинке, форма (1, K) у каждой; склеено")
    why = (
        "нет model.eval(), Normalise построен по новым картинкам или они искажаются: ответ зависит от соседей по батчу"
    )
    check.close(alone, together, **tolerance, call=f"{call}: по одной — то же, что батчем", why=why)
    why = "torch.manual_seed вызван внутри: три обучения стали одним и тем же, а чужая случайность сбита"
    check.equal(kept, True, call="Reader(images, labels): зерно torch прежнее", why=why)
    why = "scores — это reader.model от reader.normalise(new): та же нормировка, никаких искажений и softmax"
    if bool((together >= 0).all()) and torch.allclose(together.sum(1), torch.ones(len(together)), atol=1e-3):
        why = "это вероятности, а нужны ответы сети: после неё нет softmax"
    check.close(together, direct, **tolerance, call=f"{call}: ответы самой сети", why=why)


@pytest.mark.points("0.1")
def test_distort(submission, rng):
    """Читатель: distort искажает обучающие батчи, каждую эпоху заново

    Reader(images, labels, epochs, distort) за каждую эпоху передаёт в distort(images, generator) каждую обучающую
    картинку один раз: байты (B, H, W), до нормировки. Когда читатель читает, distort не вызывается.
    """
    epochs, count = 2, 60
    images, text = probes.letters(count, rng, alphabet=alphabet(probes.LETTERS, 5, rng))
    call = f"Reader(images, labels, epochs={epochs}, distort=…), картинок {count}"
    answer = check.parts(submission.call(probes.distortions, images, text, epochs), 2, call=call)
    learning, reading = (calls_of(calls, call) for calls in answer)
    check.that(bool(learning), f"{call}: distort ни разу не вызван\nпохоже: вместо него вызывается augment")
    for shape, dtype, generator in learning:
        check.that(
            len(shape) == 3 and shape[1:] == tuple(images.shape[1:]) and dtype == "torch.uint8",
            f"{call}: в distort пришли {dtype} {shape}, а нужны картинки uint8 (B, 32, 28)\n"
            "похоже: картинки сначала нормированы, а потом искажены; у нормированных чёрное — уже не ноль",
        )
        check.that(generator, f"{call}: второй аргумент distort — не torch.Generator")
    total = sum(shape[0] for shape, *_ in learning)
    why = "искажены не все батчи"
    if total == count:
        why = "искажено однажды, до эпох: каждую эпоху искажают заново"
    elif total > epochs * count:
        why = "эпох больше, чем просили, или за эпоху картинку искажают не один раз"
    check.that(
        total == epochs * count,
        f"{call}: через distort прошло картинок: {total}, а должно {epochs * count} — каждая, каждую эпоху, один раз\n"
        f"похоже: {why}",
    )
    check.that(
        not reading, f"{call}: distort вызван и при чтении новых картинок\nпохоже: искажения нужны только в обучении"
    )


def calls_of(calls, call):
    """Что передали в distort: тройки (форма, тип, был ли генератор)."""
    whole = isinstance(calls, list) and all(
        isinstance(one, tuple) and len(one) == 3 and isinstance(one[0], tuple) and one[0] for one in calls
    )
    check.that(whole, f"{call}: проба вернула не то")
    return calls


@pytest.mark.points("0.1")
def test_read(submission, rng):
    """Читатель: номера классов превращаются назад в те же буквы

    reader.letters — буквы по номерам классов, по алфавиту; reader.read(images) — строка, по букве на картинку: та, у
    которой ответ больше всех. Имена букв берутся из labels и не обязаны совпадать с тем, что нарисовано.
    """
    (letters, text, scores, *_), names = small_reader(submission, rng)
    why = "номера классов — из class_map(labels): различные буквы по алфавиту"
    check.equal(letters, names, call="list(reader.letters)", why=why)
    expected = "".join(names[place] for place in scores.argmax(1).tolist())
    why = "буква — это reader.letters[номер наибольшего ответа], и все они склеены в одну строку"
    check.equal(text, expected, call="reader.read(new)", why=why)


@pytest.mark.points("0.4")
@pytest.mark.long
def test_accuracy(submission, rng):
    """Читатель учится на неизвестных данных и читает новые буквы

    Три обучения: дважды русский алфавит, под перепутанными именами, и один раз знаки, придуманные для этой проверки.
    Считается среднее по трём. Новые буквы написаны теми же шрифтами, но другой рукой. На все три обучения вместе есть
    150 секунд: сколько занимает одно, печатает ноутбук.
    """
    runs = trained(submission, rng)
    found = shares(submission, runs, "test")
    mean = sum(found) / RUNS
    check.that(
        mean >= ACCURACY,
        f"новые буквы читаются плохо: верно {check.percent(mean)} в среднем по {RUNS} обучениям ({listed(found)}), "
        f"нужно не меньше {check.percent(ACCURACY)}\n{diagnosis(submission, runs, found)}",
    )


def diagnosis(submission, runs, found):
    """Чем читатель, скорее всего, болен."""
    mean = sum(found) / RUNS
    constant = sum(len(set(run.answers["test"])) == 1 for run in runs)
    if constant:
        return f"похоже: на все картинки один и тот же ответ, в {constant} обучениях из {RUNS}; сеть не учится"
    if found[-1] < min(found[:-1]) - 0.25:
        return (
            "похоже: русские буквы читатель знал заранее, а незнакомой письменности не выучил; учитесь на том, что дали"
        )
    known = sum(shares(submission, runs, "train")) / RUNS
    on_train = f"обучающие буквы прочитаны верно на {check.percent(known)}. "
    if known < 0.1:
        return f"{on_train}похоже: имена букв не взяты из labels или картинки и метки перемешаны по-разному"
    if known > mean + 0.15:
        return f"{on_train}похоже: обучающие картинки выучены наизусть; нужны искажения или сеть со свёртками"
    return f"{on_train}похоже: сеть недоучена; проверьте нормировку, шаг обучения и число эпох"
