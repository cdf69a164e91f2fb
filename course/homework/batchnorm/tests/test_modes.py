"""Буферы и режимы: 0,3 балла."""

import probes
import pytest
import torch
from expected import MOMENTUM, history, moments, normalised
from inputs import SHAPE, affine, images
from mistakes import NO_BUFFERS, SQUARES, of_eval, of_statistics

from kafedra.testing import check

CHANNELS = SHAPE[1]


def check_statistics(mean, var, batches, step, call, momentum=MOMENTUM, rounded=None, **still):
    """Накопленное после батча номер step."""
    check.that(mean is not None and var is not None, f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}")
    for which, (name, got) in enumerate((("накопленное среднее", mean), ("накопленная дисперсия", var))):
        check.close(
            got,
            history(batches, momentum)[step][which],
            call=f"{call}: {name}",
            suspects=of_statistics(batches, momentum, step, which, **still),
            otherwise="running = (1 − momentum)·running + momentum·статистика батча",
            rounded=rounded,
        )


def check_statistics_alone(submission, rng):
    """Накопленное под torch.no_grad() и при большом среднем."""
    batches = [images(rng, (3, CHANNELS, 2, 2)) for _ in range(2)]
    call = "обучение на двух батчах под torch.no_grad()"
    answers = check.parts(submission.call(probes.run, batches, [True] * 2, grad=False), 2, call=call)
    still = "под torch.no_grad() не обновляется, а велит копить self.training: считается ли градиент, неважно"
    check_statistics(*check.parts(answers[1], 3, call=call)[1:], batches, 1, call, still=still)
    # Сами числа округлены до 10⁵·2⁻⁵³ ≈ 10⁻¹¹; у разности квадратов ошибка дисперсии 10¹⁰·2⁻⁵³ ≈ 10⁻⁶.
    batches = [1e5 + images(rng, (3, CHANNELS, 2, 2))]
    call = "обучение на батче, среднее 10⁵"
    answers = check.parts(submission.call(probes.run, batches, [True]), 1, call=call)
    check_statistics(*check.parts(answers[0], 3, call=call)[1:], batches, 0, call, rounded=SQUARES)


@pytest.mark.points("0.08")
def test_running_statistics(submission, rng):
    """Обучение копит среднее и несмещённую дисперсию

    Вначале нули и единицы; каждый батч: running = (1 − momentum)·running + momentum·новое. Дисперсия для накопления —
    несмещённая (деление на n − 1), хотя нормализуют на смещённую. Батчи небольшие: разница видна. Под torch.no_grad() в
    режиме обучения копится то же самое, а большое среднее цифр у дисперсии не съедает.
    """
    batches = [images(rng, (3, CHANNELS, 2, 1)), images(rng, (2, CHANNELS, 1, 3)), images(rng, (5, CHANNELS, 1, 1))]
    call = "обучение на {} батче"
    answers = check.parts(submission.call(probes.run, batches, [True] * 3), 3, call="обучение на трёх батчах")
    for step, answer in enumerate(answers):
        _, mean, var = check.parts(answer, 3, call=call.format(step + 1))
        check_statistics(mean, var, batches, step, call.format(step + 1))
    check_statistics_alone(submission, rng)


def check_positional(submission, x, later):
    """Все настройки другие и переданы по порядку, без имён: обучение на `x`, потом eval на `later`."""
    values = (0.5, 0.3, False, True)
    call = f"BatchNorm2dLayer({CHANNELS}, {', '.join(map(str, values))}): обучение на батче, затем eval"
    answers = check.parts(submission.call(probes.positional, [x, later], [True, False], values), 2, call=call)
    order = "порядок аргументов — как в условии: num_features, eps, momentum, affine, track_running_stats"
    kept, constant = history([x], 0.3)[0], history([x], MOMENTUM)[0]
    for got, expected, by_default, name in zip(
        check.parts(answers[0], 3, call=call)[1:], kept, constant, ("среднее", "дисперсия"), strict=True
    ):
        check.that(got is not None, f"{call}: накопленного, {name}, среди буферов нет\nпохоже: {order}")
        suspects = {"momentum всегда 0,1: параметр не используется": by_default}
        check.close(got, expected, call=f"{call}: накопленное, {name}", suspects=suspects, otherwise=order)
    expected = normalised(later, *kept, eps=0.5)
    suspects = {"ε в eval всегда 1e-5: параметр eps не используется": normalised(later, *kept)}
    y = check.parts(answers[1], 3, call=call)[0]
    check.close(y, expected, call=f"{call}: ответ", inputs={"x": later}, suspects=suspects, otherwise=order)


def check_quiet(submission, rng, gamma, beta):
    """В eval тихий канал, с дисперсией около 10⁻⁴, усилен так же, как в обучении; вход не тронут."""
    warm, x = 0.01 * images(rng), 0.01 * images(rng)
    call = "eval после батча с малой дисперсией, momentum=1"
    report = submission.call(probes.applied, warm, x, gamma, beta, momentum=1.0)
    y = check.untouched(report, x, call=call)
    kept = history([warm], 1.0)[0]
    expected, suspects = normalised(x, *kept, gamma, beta), of_eval(x, *kept, gamma, beta)
    otherwise = "накопленная дисперсия чем-то ограничена или подправлена: в eval делят на √(running_var + ε)"
    check.close(y, expected, call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.points("0.08")
def test_eval_mode(submission, rng):
    """eval: ответ по накопленному, само накопленное не меняется

    После net.eval() картинка получает один и тот же ответ, с кем бы она ни лежала в батче, хоть одна. Режим — это
    self.training: его переключает сеть, в которой лежит слой. После net.train() слой снова учится. eps и affine в eval
    действуют так же, как в обучении, вход не меняется и здесь.
    """
    train = [images(rng, (3, CHANNELS, 2, 2)) for _ in range(2)]
    test = 5 + images(rng)
    gamma, beta = affine(rng)
    batches, modes = [*train, test, test[:1], train[0]], [True, True, False, False, True]
    call = "обучение на двух батчах, затем eval"
    answers = check.parts(submission.call(probes.run, batches, modes, gamma, beta), 5, call=call)
    mean, var = history(train)[1]
    check_statistics(*check.parts(answers[1], 3, call=call)[1:], train, 1, "обучение на двух батчах")
    for number, x in ((2, test), (3, test[:1])):
        y, running_mean, running_var = check.parts(answers[number], 3, call=call)
        check.that(
            running_mean is not None and running_var is not None,
            f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}",
        )
        why = "накопленное обновляется и в eval: режим — в self.training, свой флаг сеть не переключает"
        check.close(running_mean, mean, call=f"{call}: накопленное среднее не то", why=why)
        check.close(running_var, var, call=f"{call}: накопленная дисперсия не та", why=why)
        expected, suspects = normalised(x, mean, var, gamma, beta), of_eval(x, mean, var, gamma, beta)
        otherwise = "в eval: (x − running_mean) / √(running_var + ε), потом γ и β"
        place = f"{call}: ответ на батч из {len(x)}"
        check.close(y, expected, call=place, inputs={"x": x}, suspects=suspects, otherwise=otherwise)
    y, running_mean, running_var = check.parts(answers[4], 3, call=call)
    expected = normalised(train[0], *moments(train[0]), gamma, beta)
    check.close(y, expected, call="снова обучение после eval", why="режим читают из self.training при каждом вызове")
    check_statistics(running_mean, running_var, [*train, train[0]], 2, "снова обучение после eval")
    check_positional(submission, train[0], test)
    check_quiet(submission, rng, gamma, beta)


@pytest.mark.points("0.05")
def test_state_dict(submission, rng):
    """Накопленное сохраняется вместе с моделью

    Слой сохранили (state_dict), загрузили в новый и продолжили. Буферы должны приехать; счётчик батчей для
    momentum=None — тоже, поэтому и он буфер.
    """
    before, after = ([images(rng, (3, CHANNELS, 2, 2)) for _ in range(2)] for _ in range(2))
    last = images(rng)
    for momentum in (MOMENTUM, None):
        call = f"BatchNorm2dLayer({CHANNELS}, momentum={momentum}): сохранён, загружен, дообучен"
        answer = submission.call(probes.resume, before, after, last, momentum=momentum)
        y, mean, var = check.parts(answer, 3, call=call)
        check.that(mean is not None and var is not None, f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}")
        expected = history([*before, *after], momentum)[3]
        # Без счётчика первый батч после загрузки получает вес 1/1 и стирает всё прежнее.
        what = "счётчик батчей потерян" if momentum is None else "накопленное до сохранения потеряно"
        lost = history(after, momentum)[1]
        for which, (name, got) in enumerate((("накопленное среднее", mean), ("накопленная дисперсия", var))):
            suspects = {f"{what}: это простой атрибут, а не буфер": lost[which]}
            if momentum is None:
                suspects["momentum=None понят как 0,1"] = history([*before, *after], MOMENTUM)[3][which]
            otherwise = (
                "сохраняются параметры и буферы (register_buffer), обычные атрибуты — нет; если и без сохранения "
                "накоплено не то, начните с test_running_statistics"
            )
            check.close(got, expected[which], call=f"{call}: {name}", suspects=suspects, otherwise=otherwise)
        ones = torch.ones(CHANNELS, dtype=torch.float64)
        suspects, answer = of_eval(last, *expected, ones, 0 * ones), normalised(last, *expected)
        check.close(y, answer, call=f"{call}: ответ в eval", inputs={"x": last}, suspects=suspects)


def check_counter(submission, batches):
    """momentum=None: батч в eval номера не получает."""
    call = f"BatchNorm2dLayer({CHANNELS}, momentum=None): батч в обучении, батч в eval, батч в обучении"
    modes = [True, False, True]
    answers = check.parts(submission.call(probes.run, batches, modes, momentum=None), 3, call=call)
    _, mean, var = check.parts(answers[2], 3, call=call)
    check.that(mean is not None and var is not None, f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}")
    first, last = moments(batches[0], unbiased=True), moments(batches[2], unbiased=True)
    for name, got, one, two in zip(("среднее", "дисперсия"), (mean, var), first, last, strict=True):
        suspects = {"счётчик батчей растёт и в eval": one + (two - one) / 3}
        otherwise = "у батча номер k вес 1/k, а eval накопленного не трогает"
        place = f"{call}: накопленное, {name}"
        check.close(got, (one + two) / 2, call=place, suspects=suspects, otherwise=otherwise)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_momentum(submission, rng):
    """momentum: любой, ноль и None тоже

    momentum приходит в __init__. При 0 накопленное не меняется, при 1 равно последнему батчу, при None — это простое
    среднее по всем батчам обучения, какого бы размера они ни были: вес нового батча 1/номер, и eval номера не меняет. В
    Python ноль — «ложь», поэтому сравнивайте с None явно.
    """
    batches = [images(rng, (count, CHANNELS, 2, 2)) for count in (3, 5, 2)]
    chosen = 0.2 + 0.2 * torch.rand((), generator=rng, dtype=torch.float64).item()
    for momentum in (chosen, None, 0.0, 1.0):
        shown = momentum if momentum is None else f"{momentum:.3g}"
        call = f"BatchNorm2dLayer({CHANNELS}, momentum={shown}), три батча"
        answers = check.parts(submission.call(probes.run, batches, [True] * 3, momentum=momentum), 3, call=call)
        for step, answer in enumerate(answers):
            y, mean, var = check.parts(answer, 3, call=call)
            check_statistics(mean, var, batches, step, call, momentum)
            check.close(y, normalised(batches[step], *moments(batches[step])), call=f"{call}: ответ")
    check_counter(submission, batches)


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_without_running_statistics(submission, rng):
    """track_running_stats=False: накопленного нет, eval тоже смотрит на батч

    Буферов под статистики нет, и взять статистики больше неоткуда: слой и в eval нормализует по самому батчу.
    """
    batches = [images(rng) for _ in range(3)]
    gamma, beta = affine(rng)
    call = "BatchNorm2dLayer(4, track_running_stats=False)"
    options = {"track_running_stats": False}
    answers = submission.call(probes.run, batches, [True, False, False], gamma, beta, **options)
    kept = history(batches[:1])[0]
    for x, answer in zip(batches, check.parts(answers, 3, call=call), strict=True):
        y, _, _ = check.parts(answer, 3, call=call)
        expected = normalised(x, *moments(x), gamma, beta)
        suspects = {"в eval взяты накопленные статистики, а их нет": normalised(x, *kept, gamma, beta)}
        otherwise = "без накопленного слой всегда нормализует по самому батчу"
        check.close(y, expected, call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise)
    _, buffers = check.parts(submission.call(probes.parameter_count, CHANNELS, **options), 2, call=call)
    why = "параметр track_running_stats не используется"
    check.equal(buffers, 0, call=f"{call}: чисел в буферах под статистики", why=why)
