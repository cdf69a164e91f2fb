"""Trainer: 0,6 балла."""

import probes
import pytest
import torch
from references import Run, average, interrupted, simulate

from kafedra.testing import check

INPUTS, HIDDEN, CLASSES = 5, 6, 4
UNWEIGHTED = "усреднены средние по батчам, а батчи разного размера: взвесьте их размерами"
FLAWS = {
    "no zero_grad": "градиенты не обнуляются: нужен optimizer.zero_grad() перед каждым backward",
    "zero_grad once": "градиенты обнуляются раз в эпоху, а нужно перед каждым backward",
    "zero_grad last": "градиенты обнуляются после шага, а не перед backward: в первый шаг попало то, с чем пришла сеть",
    "no step": "веса не сдвинулись: после backward нужен optimizer.step(), а zero_grad() — до backward, не после",
    "never train": "сеть учится в режиме eval: перед каждой эпохой нужен model.train()",
    "stays in eval": "после первой проверки сеть осталась в режиме eval: перед каждой эпохой нужен model.train()",
    "per batch": "scheduler.step() вызывается после каждого батча, а нужно один раз за эпоху",
    "early": "scheduler.step() вызывается до эпохи, а нужно после: первая эпоха идёт с исходным шагом",
    "no schedule": "scheduler.step() не вызывается: шаг должен меняться после каждой эпохи",
    "sum": "потери просуммированы по батчу, а нужны средние, как cross_entropy(logits, y)",
    "softmax": "softmax применён до cross_entropy, а она ждёт логиты",
    "validation in train mode": "проверка идёт в режиме обучения и портит накопленное BatchNorm: нужен model.eval()",
    "skips the last": "последний, неполный батч пропущен",
}
LOST = {
    "weights": "веса сети не загружены",
    "momentum": "потеряно состояние оптимизатора: скорости начинаются с нуля. Сохраните optimizer.state_dict()",
    "optimizer": "потеряно состояние оптимизатора: шаг и скорости взяты у нового. Сохраните optimizer.state_dict()",
    "schedule": "потеряно состояние расписания: оно считает эпохи заново. Сохраните scheduler.state_dict()",
    "rng": "потеряно состояние генератора случайных чисел: torch.get_rng_state() и torch.set_rng_state(…)",
    "epoch": "обучение началось заново: номер эпохи не сохранён, и пройдено лишнее",
}


def start(rng):
    """Веса сети probes.Net в порядке её параметров."""
    shapes = [(HIDDEN, INPUTS), (HIDDEN,), (HIDDEN,), (HIDDEN,), (CLASSES, HIDDEN), (CLASSES,)]
    return [torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes]


def batches(sizes, rng):
    """Батчи разных размеров."""
    result = []
    for size in sizes:
        x = 2 * torch.randn(size, INPUTS, generator=rng, dtype=torch.float64)
        result.append((x, torch.randint(0, CLASSES, (size,), generator=rng)))
    return result


def make_recipe(rng, gamma=True, dropout=0.0):
    numbers = torch.rand(3, generator=rng, dtype=torch.float64).tolist()
    decay = 0.6 + 0.2 * numbers[2] if gamma else None
    return {"lr": 0.05 + 0.1 * numbers[0], "momentum": 0.5 + 0.3 * numbers[1], "gamma": decay, "dropout": dropout}


def same_state(state, expected, rtol=1e-7, atol=1e-9):
    return (
        isinstance(state, list)
        and len(state) == len(expected)
        and all(
            type(one) is torch.Tensor
            and one.shape == two.shape
            and one.dtype == two.dtype
            and torch.allclose(one, two, rtol=rtol, atol=atol)
            for one, two in zip(state, expected, strict=True)
        )
    )


def check_state(state, expected, call, why):
    for number, (got, wanted) in enumerate(
        zip(check.parts(state, len(expected), call=call), expected, strict=True), start=1
    ):
        check.close(
            got, wanted, rtol=1e-7, atol=1e-9, call=f"{call}: веса не те, тензор {number} из state_dict", why=why
        )


def check_modes(log, call):
    """Обучение — в режиме обучения и с градиентом, проверка — в eval и без него."""
    right = isinstance(log, list) and all(isinstance(one, tuple) and len(one) == 3 for one in log)
    check.that(right, f"{call}: проба вернула не список вызовов сети, а что-то другое")
    modes = [one[:2] for one in log]
    check.that(
        (True, False) not in modes,
        f"{call}: в режиме обучения сеть вызвана без градиента\n"
        "похоже: проверка идёт без model.eval() — Dropout шумит, а BatchNorm запоминает проверочные батчи",
    )
    check.that(
        (False, True) not in modes,
        f"{call}: в режиме eval сеть вызвана с подсчётом градиента\n"
        "похоже: вокруг проверки нет torch.no_grad(), и граф зря занимает память; или сеть учится в режиме eval",
    )


def check_order(log, run, train, val, call):
    """Сеть вызвана по разу на батч, и проверка идёт до scheduler.step()."""
    count = len(run.history) * (len(train) + len(val))
    why = "сеть вызывают один раз на батч: лишний проход тратит время и случайные числа"
    if len(log) < count:
        why = "пройдены не все батчи"
    check.equal(len(log), count, call=f"{call}: сколько раз вызвана сеть", why=why)
    wanted = [record["lr"] for record in run.history for _ in val]
    why = "scheduler.step() вызван до проверки: порядок — обучение, evaluate, scheduler.step()"
    seen = [lr for training, _, lr in log if not training]
    check.close(seen, wanted, rtol=1e-9, call=f"{call}: шаг оптимизатора во время проверки", why=why)


def cause_of(state, causes, flaws, otherwise):
    for flaw, why in flaws.items():
        if same_state(state, causes(flaw).state()):
            return why
    return otherwise


@pytest.mark.points("0.15")
def test_fit(submission, rng, seed):
    """fit: веса после обучения

    Каждый батч: обнулить градиенты, потери cross_entropy, backward, шаг оптимизатора. После эпохи — проверка
    (eval, без градиента), потом scheduler.step(). Батчи разного размера. Сеть могла прийти и в режиме eval, и со
    старыми градиентами. Её вызывают один раз на батч.
    """
    weights, recipe = start(rng), make_recipe(rng)
    train, val = batches([6, 5, 3], rng), batches([5, 2], rng)
    setting = weights, recipe, train, val, 3, seed
    call = "Trainer(model, optimizer, scheduler).fit(train, val, epochs=3)"
    answer = submission.call(probes.fit, weights, recipe, train, val, [3], seed)
    _, outcome, log = check.parts(answer, 3, call=call)
    state, _, epoch = check.parts(outcome, 3, call=call)
    run = simulate(*setting)
    expected = run.state()
    otherwise = "порядок: zero_grad, loss, backward, step — на каждом батче; scheduler.step() — после эпохи"
    why = (
        "" if same_state(state, expected) else cause_of(state, lambda flaw: simulate(*setting, flaw), FLAWS, otherwise)
    )
    check_state(state, expected, call, why)
    check_modes(log, call)
    check_order(log, run, train, val, call)
    check.equal(epoch, 3, call=f"{call}: trainer.epoch", why="epoch — сколько эпох пройдено")


def check_history(history, run, call, train, val, resumed=0):
    """История слово в слово; `resumed` — сколько эпох пройдено после перерыва."""
    check.that(isinstance(history, list), f"{call}: история — не список, а {type(history).__name__}")
    why = "load не вернул историю до перерыва: её хранит save" if len(history) == resumed else "одна запись на эпоху"
    check.equal(len(history), len(run.history), call=f"{call}: длина истории", why=why)
    for record, wanted in zip(history, run.history, strict=True):
        number = wanted["epoch"]
        check.that(isinstance(record, dict), f"{call}: запись об эпохе {number} — не словарь")
        for key in wanted:
            check.that(key in record, f"{call}: в записи об эпохе {number} нет ключа {key!r}")
            check.that(
                type(record[key]) in (int, float),
                f"{call}: {key} в эпохе {number} — не число Python, а {type(record[key]).__name__}\n"
                "похоже: это тензор, и он держит в памяти весь граф; возьмите .item()",
            )
        check.equal(record["epoch"], number, call=f"{call}: номер эпохи", why="эпохи считают с единицы")


def history_causes(setting, epoch, key):
    """Чему равнялось бы число в истории при обычных ошибках."""
    weights, recipe, train, val, _, seed = setting
    torch.manual_seed(seed)
    run = Run(weights, recipe).fit(train, val, epoch - 1)
    before = run.state()
    run.fit(train, val, epoch)
    losses, right, sizes = run.evaluate(val)
    again, score, counts = run.evaluate(train)
    causes = {}
    if key == "val_loss":
        causes[UNWEIGHTED] = sum(losses) / len(losses)
        causes["потери сложены, но не поделены на число примеров"] = sum(losses)
        causes["проверка идёт на обучающих батчах"] = average(again, counts)
        causes["остались потери последнего батча"] = losses[-1]
    if key == "val_accuracy":
        causes[UNWEIGHTED] = sum(right) / len(right)
        causes["точность в процентах, а нужна доля от 0 до 1"] = 100 * average(right, sizes)
        causes["это число верных ответов, а нужна доля"] = average(right, sizes) * sum(sizes)
        causes["проверка идёт на обучающих батчах"] = average(score, counts)
    if key == "lr":
        causes["это шаг следующей эпохи: прочитайте его до scheduler.step()"] = recipe["lr"] * (
            recipe["gamma"] or 1.0
        ) ** (epoch // 2)
    if key == "train_loss":
        causes["это потери на обучающих батчах после эпохи, а нужны средние по ходу эпохи"] = average(again, counts)
        run.net.load_state_dict(dict(zip(run.net.state_dict(), before, strict=True)))
    return causes


def check_numbers(history, setting, run, call):
    for record, wanted in zip(history, run.history, strict=True):
        for key in ("lr", "train_loss", "val_loss", "val_accuracy"):
            value = wanted[key]
            why = ""
            if abs(record[key] - value) > 1e-9:
                causes = {**history_causes(setting, wanted["epoch"], key), **flawed(setting, wanted["epoch"], key)}
                near = (cause for cause, wrong in causes.items() if abs(record[key] - wrong) <= 1e-7 * abs(wrong))
                why = next(near, "")
            where = f"{call}: {key} в эпохе {wanted['epoch']}"
            check.close(record[key], value, rtol=1e-7, atol=1e-9, call=where, why=why)


def flawed(setting, epoch, key):
    causes = {why: simulate(*setting, flaw).history[epoch - 1][key] for flaw, why in FLAWS.items()}
    if key == "train_loss":
        losses = train_losses(setting, epoch)
        causes["усреднены средние по батчам, а батчи разного размера: взвесьте их размерами"] = sum(losses) / len(
            losses
        )
        causes["потери сложены, но не поделены на число примеров"] = sum(losses)
        causes["остались потери последнего батча"] = losses[-1]
    return causes


def train_losses(setting, epoch):
    """Потери на батчах эпохи, по порядку."""
    weights, recipe, train, val, _, seed = setting
    torch.manual_seed(seed)
    run = Run(weights, recipe).fit(train, val, epoch - 1)
    run.net.train()
    return [run._step(x, y) for x, y in train]


@pytest.mark.points("0.1")
def test_history(submission, rng, seed):
    """fit: история обучения

    history — список словарей, по одному на эпоху: epoch (с единицы), lr (шаг, с которым эпоха прошла), train_loss
    (средняя по примерам за эпоху), val_loss, val_accuracy. Всё — числа Python. fit возвращает эту же историю.
    """
    weights, recipe = start(rng), make_recipe(rng)
    train, val = batches([7, 4, 2], rng), batches([6, 3, 2], rng)
    setting = weights, recipe, train, val, 3, seed
    call = "fit(train, val, epochs=3), батчи разного размера"
    returned, outcome, _ = check.parts(
        submission.call(probes.fit, weights, recipe, train, val, [3], seed), 3, call=call
    )
    _, history, _ = check.parts(outcome, 3, call=call)
    run = simulate(*setting)
    check_history(history, run, call, train, val)
    check_numbers(history, setting, run, call)
    check.equal(returned, history, call=f"{call}: что вернул fit", why="fit возвращает self.history")


def uneven(net, val):
    """Переписать метки: в большом батче верны почти все ответы, в маленьком — ни одного."""
    net.eval()
    with torch.no_grad():
        for number, (x, y) in enumerate(val):
            best = net(x).argmax(dim=1)
            y.copy_(best if number == 0 else (best + 1) % CLASSES)
        val[0][1][0] = (val[0][1][0] + 1) % CLASSES


@pytest.mark.points("0.1")
def test_evaluate(submission, rng):
    """evaluate: средние по примерам, режим на место

    Ответ — словарь {"loss": …, "accuracy": …}: средние по всем примерам, а не по батчам. Сеть отвечает в режиме eval и
    без подсчёта градиента, её веса, градиенты и накопленное не меняются, режим после вызова тот же, что до него.
    """
    weights = start(rng)
    warm = 3 + 2 * torch.randn(8, INPUTS, generator=rng, dtype=torch.float64)
    val = batches([7, 4, 2], rng)
    run = Run(weights, {"lr": 0.1, "momentum": 0.9, "gamma": None, "dropout": 0.5})
    run.net(warm)
    uneven(run.net, val)
    losses, right, sizes = run.evaluate(val)
    for training in (True, False):
        mode = "обучения" if training else "eval"
        call = f"evaluate(батчи из 7, 4 и 2), сеть пришла в режиме {mode}"
        answer = submission.call(probes.evaluate, weights, warm, val, training)
        result, after, log, kept, untouched = check.parts(answer, 5, call=call)
        whole = isinstance(result, dict) and {"loss", "accuracy"} <= set(result)
        check.that(whole, f'{call}: ответ — не словарь {{"loss": …, "accuracy": …}}')
        check_modes(log, call)
        for key, values in (("loss", losses), ("accuracy", right)):
            value, wanted = result[key], average(values, sizes)
            check.that(
                type(value) in (int, float),
                f"{call}: {key} — не число Python, а {type(value).__name__}\nпохоже: забыт .item()",
            )
            causes = {
                UNWEIGHTED: sum(values) / len(values),
                "средние по батчам сложены, но не поделены": sum(values),
                "посчитан только последний батч": values[-1],
                "точность в процентах, а нужна доля от 0 до 1": 100 * wanted,
                "это сумма по примерам, а нужно среднее": wanted * sum(sizes),
            }
            why = next((why for why, wrong in causes.items() if abs(value - wrong) < 1e-7), "")
            check.close(value, wanted, rtol=1e-7, atol=1e-9, call=f"{call}: {key}", why=why)
        why = "запомните model.training до model.eval() и верните его: model.train(was_training)"
        check.equal(after, training, call=f"{call}: режим после вызова (model.training)", why=why)
        check.equal(kept, True, call=f"{call}: веса и накопленное остались прежними", why="проверка не учит сеть")
        why = "проверка не трогает градиенты: ни backward, ни zero_grad здесь не нужны"
        check.equal(untouched, True, call=f"{call}: градиенты остались прежними", why=why)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_fit_again(submission, rng, seed):
    """fit: epochs — это сколько эпох всего; расписания может не быть

    fit(train, val, 2), а потом fit(train, val, 4) — то же, что сразу fit(train, val, 4). fit(train, val, 3) после этого
    не делает ничего. Trainer(model, optimizer) без расписания работает с постоянным шагом.
    """
    for gamma in (True, False):
        weights, recipe = start(rng), make_recipe(rng, gamma)
        train, val = batches([6, 4], rng), batches([5, 2], rng)
        call = "fit(…, 2), fit(…, 4), fit(…, 3)" + ("" if gamma else ", scheduler=None")
        answer = submission.call(probes.fit, weights, recipe, train, val, [2, 4, 3], seed)
        _, outcome, _ = check.parts(answer, 3, call=call)
        state, history, epoch = check.parts(outcome, 3, call=call)
        setting = weights, recipe, train, val, 4, seed
        run = simulate(*setting)
        why = "epochs — номер последней эпохи, а не сколько ещё пройти: пока self.epoch < epochs"
        check.equal(epoch, 4, call=f"{call}: trainer.epoch", why=why)
        if not same_state(state, run.state()):
            why = cause_of(state, lambda flaw, given=setting: simulate(*given, flaw), FLAWS, why)
        check_state(state, run.state(), call, why)
        check_history(history, run, call, train, val)
        check_numbers(history, setting, run, call)


def check_resume(submission, rng, seed, dropout, other, gamma=True):
    """Обучение с перерывом: то же, что без него."""
    weights, others, recipe = start(rng), start(rng), make_recipe(rng, gamma, dropout)
    train, val = batches([6, 5, 3], rng), batches([5, 2], rng)
    other_lr = recipe["lr"] * (1 + 2 * other)
    setting = weights, others, recipe, other_lr, train, val, 3, 6, seed
    call = "fit(…, 3), save, load, fit(…, 6)" + ("" if gamma else ", scheduler=None")
    straight, resumed, reached = check.parts(submission.call(probes.interrupted, *setting), 3, call=call)
    run = simulate(weights, recipe, train, val, 6, seed)
    state, _, _ = check.parts(straight, 3, call=call)
    check_state(
        state,
        run.state(),
        "без перерыва: fit(…, 3), save, fit(…, 6)",
        "расходится уже до перерыва: начните с проверки fit; save ничего не меняет в обучении",
    )
    again, history, epoch = check.parts(resumed, 3, call=call)
    why = "номер эпохи не восстановлен: сохраните его в файл вместе с остальным"
    check.equal(reached, 3, call=f"{call}: trainer.epoch после load", why=why)
    right = same_state(again, run.state())
    otherwise = (
        "в файле должны быть сеть, оптимизатор, расписание, номер эпохи, история и состояние генератора; а load пишет "
        "в те же сеть и оптимизатор, новых не создаёт"
    )
    if not right and same_state(again, run.state(), rtol=1e-5, atol=1e-5):
        otherwise = "числа записаны с меньшей точностью, чем у сети: перед save их перевели в другой тип"
    why = "" if right else cause_of(again, lambda lost: interrupted(*setting, lost), LOST, otherwise)
    check_state(again, run.state(), f"{call}, после перерыва", why)
    check.equal(epoch, 6, call=f"{call}: trainer.epoch", why="epoch — сколько эпох пройдено")
    check_history(history, run, call, train, val, resumed=3)
    check_numbers(history, (weights, recipe, train, val, 6, seed), run, call)
    return straight, resumed, call


@pytest.mark.points("0.1")
def test_resume(submission, rng, seed):
    """save и load: обучение продолжается с того же места

    Шесть эпох подряд и три эпохи, файл, новые сеть, оптимизатор и расписание, ещё три эпохи — одно и то же: веса,
    история, номер эпохи.
    """
    check_resume(submission, rng, seed, dropout=0.0, other=0.0)


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_resume_exactly(submission, rng, seed):
    """save и load: бит в бит, со случайностью и чужим шагом

    В сети есть Dropout, поэтому файл должен хранить и состояние генератора случайных чисел. Новый оптимизатор создан с
    другим шагом: верный шаг — в файле. Совпасть должно всё, до последнего бита. Расписания может не быть: сохранить и
    загрузить нужно и тогда.
    """
    straight, resumed, call = check_resume(submission, rng, seed, dropout=0.4, other=1.0)
    for first, second in zip(straight[0], resumed[0], strict=True):
        check.equal(second, first, call=f"{call}: бит в бит", why="совпали не все цифры: файл хранит не всё")
    check.equal(resumed[1], straight[1], call=f"{call}: история бит в бит", why="история хранится в файле целиком")
    check_resume(submission, rng, seed, dropout=0.4, other=1.0, gamma=False)
