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
    suspects = {
        "не обновляется вовсе": history(batches)[0][which] * 0 + which,
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
    batches = [images(rng, (3, CHANNELS, 2, 1)) for _ in range(3)]
    call = "обучение на {} пачке"
    answers = parts(submission.call(probes.run, batches, [True] * 3), 3, "обучение на трёх пачках")
    for step, answer in enumerate(answers):
        _, mean, var = parts(answer, 3, call.format(step + 1))
        check_statistics(mean, var, batches, step, call.format(step + 1))


@pytest.mark.points("0.08")
def test_eval_mode(submission, rng):
    """eval: ответ по накопленному, само накопленное не меняется

    После net.eval() картинка получает один и тот же ответ, с кем бы она ни лежала в пачке, хоть одна. Режим — это
    self.training: его переключает сеть, в которой лежит слой. После net.train() слой снова учится.
    """
    train = [images(rng, (3, CHANNELS, 2, 2)) for _ in range(2)]
    test = 5 + images(rng)
    gamma, beta = affine(rng)
    batches, modes = [*train, test, test[:1], train[0]], [True, True, False, False, True]
    call = "обучение на двух пачках, затем eval"
    answers = parts(submission.call(probes.run, batches, modes, gamma, beta), 5, call)
    mean, var = history(train)[1]
    half_biased = 0.81 + 0.09 * moments(train[0])[1] + 0.1 * moments(train[1])[1]
    for number, x in ((2, test), (3, test[:1])):
        y, running_mean, running_var = parts(answers[number], 3, call)
        check.that(
            running_mean is not None and running_var is not None,
            f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}",
        )
        why = "накопленное обновляется и в eval: режим — в self.training, свой флаг сеть не переключает"
        biased = "накоплена смещённая дисперсия; копят несмещённую, с делением на n − 1"
        reason = likely_cause(running_var, var, {biased: half_biased}, why)
        check.close(running_mean, mean, call=f"{call}: накопленное среднее не то", why=why)
        check.close(running_var, var, call=f"{call}: накопленная дисперсия не та", why=reason)
        expected = normalised(x, mean, var, gamma, beta)
        suspects = {
            "в eval взяты статистики пачки, а нужны накопленные; режим — в self.training": normalised(
                x, *moments(x), gamma, beta
            ),
            "в eval забыты γ и β": normalised(x, mean, var),
            "в eval вход возвращён без изменений": x,
        }
        why = likely_cause(y, expected, suspects, "в eval: (x − running_mean) / √(running_var + ε), потом γ и β")
        check.close(y, expected, call=f"{call}: ответ на пачку из {len(x)}", inputs={"x": x}, why=why)
    y, running_mean, running_var = parts(answers[4], 3, call)
    expected = normalised(train[0], *moments(train[0]), gamma, beta)
    check.close(y, expected, call="снова обучение после eval", why="режим читают из self.training при каждом вызове")
    check_statistics(running_mean, running_var, [*train, train[0]], 2, "снова обучение после eval")


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
            otherwise = "сохраняются параметры и буферы (register_buffer), обычные атрибуты — нет"
            why = likely_cause(got, expected[which], suspects, otherwise)
            check.close(got, expected[which], call=f"{call}: {name}", why=why)
        check.close(y, normalised(last, *expected), call=f"{call}: ответ в eval", inputs={"x": last})


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_momentum(submission, rng):
    """momentum: любой, ноль и None тоже

    momentum приходит в __init__. При 0 накопленное не меняется, при 1 равно последней пачке, при None — это простое
    среднее по всем пачкам: вес новой пачки 1/номер. В Python ноль — «ложь», поэтому сравнивайте с None явно.
    """
    batches = [images(rng, (3, CHANNELS, 2, 2)) for _ in range(3)]
    chosen = 0.2 + 0.2 * torch.rand((), generator=rng, dtype=torch.float64).item()
    for momentum in (chosen, None, 0.0, 1.0):
        shown = momentum if momentum is None else f"{momentum:.3g}"
        call = f"BatchNorm2dLayer({CHANNELS}, momentum={shown}), три пачки"
        answers = parts(submission.call(probes.run, batches, [True] * 3, momentum=momentum), 3, call)
        for step, answer in enumerate(answers):
            y, mean, var = parts(answer, 3, call)
            check_statistics(mean, var, batches, step, call, momentum)
            check.close(y, normalised(batches[step], *moments(batches[step])), call=f"{call}: ответ")


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
