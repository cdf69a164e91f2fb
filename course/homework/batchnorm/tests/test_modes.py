"""Буферы и режимы: 0,3 балла."""

import probes
import pytest
import torch
from answers import MOMENTUM, NO_BUFFERS, SHAPE, affine, images, likely_cause, moments, normalised, parts

from kafedra.testing import check

CHANNELS = SHAPE[1]


def history(batches, momentum=MOMENTUM):
    """Накопленные статистики после каждой пачки."""
    mean, var = torch.zeros(CHANNELS, dtype=torch.float64), torch.ones(CHANNELS, dtype=torch.float64)
    steps = []
    for number, x in enumerate(batches, start=1):
        share = 1 / number if momentum is None else momentum
        batch_mean, batch_var = moments(x, unbiased=True)
        mean, var = (1 - share) * mean + share * batch_mean, (1 - share) * var + share * batch_var
        steps.append((mean, var))
    return steps


def statistics_suspects(batches, momentum, step, which):
    """Что накопилось бы при обычных ошибках; which: 0 — среднее, 1 — дисперсия."""
    share = MOMENTUM if momentum is None else momentum
    suspects = {"не обновляется вовсе": history(batches)[0][which] * 0 + which}
    if momentum == 0:
        suspects |= {
            "ноль принят за None: в Python ноль — «ложь», сравнивайте явно: momentum is None": history(batches, None)[
                step
            ][which],
            "ноль заменён на 0,1 (momentum or 0.1): в Python ноль — «ложь», сравнивайте с None": history(batches)[step][
                which
            ],
        }
    suspects |= {
        "momentum перепутан: новое берётся с весом momentum, прежнее — с весом 1 − momentum": history(
            batches, 1 - share
        )[step][which],
        "momentum всегда 0,1: параметр не используется": history(batches, MOMENTUM)[step][which],
        "momentum не применён: сохранены статистики последней пачки": history(batches, 1.0)[step][which],
    }
    if momentum is not None:
        suspects["усреднены все пачки поровну: так работает только momentum=None"] = history(batches, None)[step][which]
    if which == 1:
        var = torch.ones(CHANNELS, dtype=torch.float64)
        for number, x in enumerate(batches[: step + 1], start=1):
            weight = 1 / number if momentum is None else momentum
            var = (1 - weight) * var + weight * moments(x)[1]
        suspects["накоплена смещённая дисперсия; копят несмещённую, с делением на n − 1"] = var
    return suspects


def check_statistics(mean, var, batches, step, call, momentum=MOMENTUM):
    """Накопленное после пачки номер step."""
    check.that(mean is not None and var is not None, f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}")
    for which, (name, got) in enumerate((("накопленное среднее", mean), ("накопленная дисперсия", var))):
        expected = history(batches, momentum)[step][which]
        suspects = statistics_suspects(batches, momentum, step, which)
        why = likely_cause(got, expected, suspects, "running = (1 − momentum)·running + momentum·статистика пачки")
        check.close(got, expected, call=f"{call}: {name}", why=why)


@pytest.mark.points("0.08")
def test_running_statistics(submission, rng):
    """Обучение копит среднее и несмещённую дисперсию

    Вначале нули и единицы; каждая пачка: running = (1 − momentum)·running + momentum·новое. Дисперсия для накопления —
    несмещённая (деление на n − 1), хотя нормализуют на смещённую. Пачки небольшие: разница видна.
    """
    batches = [images(rng, (3, CHANNELS, 2, 1)), images(rng, (2, CHANNELS, 1, 3)), images(rng, (5, CHANNELS, 1, 1))]
    call = "обучение на {} пачке"
    answers = parts(submission.call(probes.run, batches, [True] * 3), 3, "обучение на трёх пачках")
    for step, answer in enumerate(answers):
        _, mean, var = parts(answer, 3, call.format(step + 1))
        check_statistics(mean, var, batches, step, call.format(step + 1))


def check_positional(submission, x, later):
    """Все настройки другие и переданы по порядку, без имён: обучение на `x`, потом eval на `later`."""
    values = (0.5, 0.3, False, True)
    call = f"BatchNorm2dLayer({CHANNELS}, {', '.join(map(str, values))}): обучение на пачке, затем eval"
    answers = parts(submission.call(probes.positional, [x, later], [True, False], values), 2, call)
    order = "порядок аргументов — как в условии: num_features, eps, momentum, affine, track_running_stats"
    kept = history([x], 0.3)[0]
    for got, expected, name in zip(parts(answers[0], 3, call)[1:], kept, ("среднее", "дисперсия"), strict=True):
        check.that(got is not None, f"{call}: накопленного, {name}, среди буферов нет\nпохоже: {order}")
        check.close(got, expected, call=f"{call}: накопленное, {name}", why=order)
    expected = normalised(later, *kept, eps=0.5)
    suspects = {"ε в eval всегда 1e-5: параметр eps не используется": normalised(later, *kept)}
    y = parts(answers[1], 3, call)[0]
    why = likely_cause(y, expected, suspects, order)
    check.close(y, expected, call=f"{call}: ответ", inputs={"x": later}, why=why)


@pytest.mark.points("0.08")
def test_eval_mode(submission, rng):
    """eval: ответ по накопленному, само накопленное не меняется

    После net.eval() картинка получает один и тот же ответ, с кем бы она ни лежала в пачке, хоть одна. Режим — это
    self.training: его переключает сеть, в которой лежит слой. После net.train() слой снова учится. eps и affine в eval
    действуют так же, как в обучении.
    """
    train = [images(rng, (3, CHANNELS, 2, 2)) for _ in range(2)]
    test = 5 + images(rng)
    gamma, beta = affine(rng)
    batches, modes = [*train, test, test[:1], train[0]], [True, True, False, False, True]
    call = "обучение на двух пачках, затем eval"
    answers = parts(submission.call(probes.run, batches, modes, gamma, beta), 5, call)
    mean, var = history(train)[1]
    check_statistics(*parts(answers[1], 3, call)[1:], train, 1, "обучение на двух пачках")
    for number, x in ((2, test), (3, test[:1])):
        y, running_mean, running_var = parts(answers[number], 3, call)
        check.that(
            running_mean is not None and running_var is not None,
            f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}",
        )
        why = "накопленное обновляется и в eval: режим — в self.training, свой флаг сеть не переключает"
        check.close(running_mean, mean, call=f"{call}: накопленное среднее не то", why=why)
        check.close(running_var, var, call=f"{call}: накопленная дисперсия не та", why=why)
        expected = normalised(x, mean, var, gamma, beta)
        suspects = {
            "в eval взяты статистики пачки, а нужны накопленные; режим — в self.training": normalised(
                x, *moments(x), gamma, beta
            ),
            "в eval забыты γ и β": normalised(x, mean, var),
            "в eval забыто ε": normalised(x, mean, var, gamma, beta, 0.0),
            "в eval вход возвращён без изменений": x,
        }
        why = likely_cause(y, expected, suspects, "в eval: (x − running_mean) / √(running_var + ε), потом γ и β")
        check.close(y, expected, call=f"{call}: ответ на пачку из {len(x)}", inputs={"x": x}, why=why)
    y, running_mean, running_var = parts(answers[4], 3, call)
    expected = normalised(train[0], *moments(train[0]), gamma, beta)
    check.close(y, expected, call="снова обучение после eval", why="режим читают из self.training при каждом вызове")
    check_statistics(running_mean, running_var, [*train, train[0]], 2, "снова обучение после eval")
    check_positional(submission, train[0], test)


@pytest.mark.points("0.05")
def test_state_dict(submission, rng):
    """Накопленное сохраняется вместе с моделью

    Слой сохранили (state_dict), загрузили в новый и продолжили. Буферы должны приехать; счётчик пачек для
    momentum=None — тоже, поэтому и он буфер.
    """
    before, after = ([images(rng, (3, CHANNELS, 2, 2)) for _ in range(2)] for _ in range(2))
    last = images(rng)
    for momentum in (MOMENTUM, None):
        call = f"BatchNorm2dLayer({CHANNELS}, momentum={momentum}): сохранён, загружен, дообучен"
        answer = submission.call(probes.resume, before, after, last, momentum=momentum)
        y, mean, var = parts(answer, 3, call)
        check.that(mean is not None and var is not None, f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}")
        expected = history([*before, *after], momentum)[3]
        # Без счётчика первая пачка после загрузки получает вес 1/1 и стирает всё прежнее.
        what = "счётчик пачек потерян" if momentum is None else "накопленное до сохранения потеряно"
        lost = history(after, momentum)[1]
        for which, (name, got) in enumerate((("накопленное среднее", mean), ("накопленная дисперсия", var))):
            suspects = {f"{what}: это простой атрибут, а не буфер": lost[which]}
            if momentum is None:
                suspects["momentum=None понят как 0,1"] = history([*before, *after], MOMENTUM)[3][which]
            otherwise = (
                "сохраняются параметры и буферы (register_buffer), обычные атрибуты — нет; если и без сохранения "
                "накоплено не то, начните с test_running_statistics"
            )
            why = likely_cause(got, expected[which], suspects, otherwise)
            check.close(got, expected[which], call=f"{call}: {name}", why=why)
        check.close(y, normalised(last, *expected), call=f"{call}: ответ в eval", inputs={"x": last})


def check_counter(submission, batches):
    """momentum=None: пачка в eval номера не получает."""
    call = f"BatchNorm2dLayer({CHANNELS}, momentum=None): пачка в обучении, пачка в eval, пачка в обучении"
    modes = [True, False, True]
    answers = parts(submission.call(probes.run, batches, modes, momentum=None), 3, call)
    _, mean, var = parts(answers[2], 3, call)
    check.that(mean is not None and var is not None, f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}")
    first, last = moments(batches[0], unbiased=True), moments(batches[2], unbiased=True)
    for name, got, one, two in zip(("среднее", "дисперсия"), (mean, var), first, last, strict=True):
        suspects = {"счётчик пачек растёт и в eval": one + (two - one) / 3}
        why = likely_cause(got, (one + two) / 2, suspects, "у пачки номер k вес 1/k, а eval накопленного не трогает")
        check.close(got, (one + two) / 2, call=f"{call}: накопленное, {name}", why=why)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_momentum(submission, rng):
    """momentum: любой, ноль и None тоже

    momentum приходит в __init__. При 0 накопленное не меняется, при 1 равно последней пачке, при None — это простое
    среднее по всем пачкам обучения, какого бы размера они ни были: вес новой пачки 1/номер, и eval номера не меняет. В
    Python ноль — «ложь», поэтому сравнивайте с None явно.
    """
    batches = [images(rng, (count, CHANNELS, 2, 2)) for count in (3, 5, 2)]
    chosen = 0.2 + 0.2 * torch.rand((), generator=rng, dtype=torch.float64).item()
    for momentum in (chosen, None, 0.0, 1.0):
        shown = momentum if momentum is None else f"{momentum:.3g}"
        call = f"BatchNorm2dLayer({CHANNELS}, momentum={shown}), три пачки"
        answers = parts(submission.call(probes.run, batches, [True] * 3, momentum=momentum), 3, call)
        for step, answer in enumerate(answers):
            y, mean, var = parts(answer, 3, call)
            check_statistics(mean, var, batches, step, call, momentum)
            check.close(y, normalised(batches[step], *moments(batches[step])), call=f"{call}: ответ")
    check_counter(submission, batches)


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_without_running_statistics(submission, rng):
    """track_running_stats=False: накопленного нет, eval тоже смотрит на пачку

    Буферов нет, и взять статистики больше неоткуда: слой и в eval нормализует по самой пачке.
    """
    batches = [images(rng) for _ in range(3)]
    gamma, beta = affine(rng)
    call = "BatchNorm2dLayer(4, track_running_stats=False)"
    options = {"track_running_stats": False}
    answers = submission.call(probes.run, batches, [True, False, False], gamma, beta, **options)
    kept = history(batches[:1])[0]
    for x, answer in zip(batches, parts(answers, 3, call), strict=True):
        y, _, _ = parts(answer, 3, call)
        expected = normalised(x, *moments(x), gamma, beta)
        suspects = {"в eval взяты накопленные статистики, а их нет": normalised(x, *kept, gamma, beta)}
        why = likely_cause(y, expected, suspects, "без накопленного слой всегда нормализует по самой пачке")
        check.close(y, expected, call=call, inputs={"x": x}, why=why)
    _, buffers = parts(submission.call(probes.parameter_count, CHANNELS, **options), 2, call)
    check.equal(buffers, 0, call=f"{call}: чисел в буферах", why="параметр track_running_stats не используется")
