"""Что делает слой: 0,5 балла."""

import probes
import pytest
import torch
from chance import check_independence, check_share
from expected import scaled
from inputs import layouts, number, values
from mistakes import check_both_kinds, mask_of, of_default, of_neighbours

from kafedra.testing import check

ALL_THE_SAME = "в каждом вызове число обнулённых одно и то же; каждый элемент решает свою судьбу сам"


def watched(report, call):
    """Ответ, вход после вызова и сколько раз в него писали."""
    y, inputs, writes = check.parts(report, 3, call=call)
    return y, check.parts(inputs, 1, call=call), writes


@pytest.mark.points("0.08")
def test_values(submission, rng):
    """Каждый элемент — либо ноль, либо x / (1 − p)

    Обнулённый элемент становится ровно нулём, оставшийся делится на 1 − p: на вероятность остаться.
    """
    for p in (0.5, number(0.15, 0.4, rng), number(0.6, 0.8, rng)):
        x = values((20, 30), rng)
        call = f"DropoutLayer(p={p:.3g})(x) в режиме обучения"
        kept = mask_of(submission.call(probes.forward, x, p), x, p, call=call)
        check_both_kinds(kept, call)


@pytest.mark.points("0.07")
def test_share(submission, rng):
    """Обнуляется доля p

    p — вероятность обнулить, а не оставить. Без аргументов p = 0,5; слои с разными p не мешают друг другу. p лежит в
    self.p, и слой читает его при каждом вызове: расписание может менять p по ходу обучения.
    """
    x = values((250, 200), rng)
    call = "DropoutLayer()(x)"
    y = submission.call(probes.forward, x)
    check_share(mask_of(y, x, 0.5, call=call, suspects=of_default(x)), 0.5, call=call)
    first, second = number(0.1, 0.3, rng), number(0.7, 0.9, rng)
    call = f"DropoutLayer(p={first:.3g})(x) рядом с DropoutLayer(p={second:.3g})"
    answers = check.parts(submission.call(probes.take_turns, x, first, second), 3, call=call)
    for y, p, other in zip(answers, (first, second, first), (second, first, second), strict=True):
        check_share(mask_of(y, x, p, call=call, suspects=of_neighbours(x, p, other)), p, call=call)
    call = f"DropoutLayer(p={first:.3g})(x), потом layer.p = {second:.3g} и ещё раз"
    answers = check.parts(submission.call(probes.rescheduled, x, first, second), 2, call=call)
    known = {
        "слой запомнил прежнее p: читайте self.p при каждом вызове, а не один раз в __init__": (
            lambda y: torch.allclose(y, scaled(x, y != 0, first))
        )
    }
    kept = mask_of(answers[0], x, first, call=call)
    check_share(kept, first, call=call)
    again = mask_of(answers[1], x, second, call=call, suspects=known)
    why = "маска та же, что в прошлом вызове: в каждом вызове нужна новая"
    check.that(not torch.equal(kept, again), f"{call}: обнулены те же элементы\nпохоже: {why}")
    check_share(again, second, call=call)
    # 150 обнулённых в среднем: здесь закон — пуассоновский, и семь σ у него — вероятность 10⁻⁹
    rare = number(0.003, 0.006, rng)
    call = f"DropoutLayer(p={rare:.3g})(x): p мало"
    check_share(mask_of(submission.call(probes.forward, x, rare), x, rare, call=call), rare, call=call)


@pytest.mark.points("0.08")
def test_modes(submission, rng):
    """В режиме применения слой ничего не делает, в режиме обучения работает снова

    Режим переключают у всей сети: net.eval() и net.train(). Она передаёт его слоям через self.training, поэтому
    свой флаг заводить не нужно.
    """
    x = values((10, 12), rng)
    p = number(0.3, 0.7, rng)
    call = f"DropoutLayer(p={p:.3g})"
    answers = check.parts(submission.call(probes.switching, x, p), 4, call=call)
    first, applied, again, alone = answers
    check_both_kinds(mask_of(first, x, p, call=f"{call}(x) после .train()"), f"{call}(x) после .train()")
    why = "в режиме применения маски и множителей нет; спросите self.training, его переключает сама сеть"
    check.equal(applied, x, call=f"{call}(x) после .eval(): ответ — сам вход", inputs={"x": x}, why=why)
    check_both_kinds(mask_of(again, x, p, call=f"{call}(x) снова после .train()"), f"{call}(x) снова после .train()")
    why = "режим лежит в self.training, а не в своём флаге: перекрывать train() и eval() не нужно"
    check.equal(alone, x, call=f"{call}(x), когда layer.training = False", inputs={"x": x}, why=why)


@pytest.mark.points("0.06")
def test_edges(submission, rng):
    """Края: p = 0 и p = 1

    При p = 0 ответ — сам вход, при p = 1 — нули. Деление на 1 − p = 0 даёт ∞, а ∞·0 — это NaN.
    """
    x = values((7, 9), rng)
    y = submission.call(probes.forward, x, 1.0)
    why = "при p = 1 множитель 1/(1 − p) бесконечен; обойдите деление: ответ здесь — нули"
    check.close(y, torch.zeros_like(x), call="DropoutLayer(p=1.0)(x)", inputs={"x": x}, why=why)
    y = submission.call(probes.forward, x, 0.0)
    check.close(y, x, call="DropoutLayer(p=0.0)(x)", inputs={"x": x}, why="при p = 0 не обнуляется ничего")


@pytest.mark.points("0.02")
def test_bad_probability(submission):
    """p вне отрезка [0, 1] — это ошибка

    DropoutLayer(p=50) — обычная опечатка вместо 0.5. Лучше узнать о ней сразу: ValueError в __init__. nan — тоже не
    вероятность, хотя и не меньше нуля, и не больше единицы.
    """
    for p in (-0.1, 1.5, 50, float("nan")):
        with submission.raises(ValueError, call=f"DropoutLayer(p={p})"):
            submission.call(probes.create, p)


@pytest.mark.points("0.06")
def test_independence(submission, rng):
    """Каждый элемент решает свою судьбу сам

    Маска — своя для каждого элемента каждой строки и новая в каждом вызове. Сколько элементов обнулится, заранее не
    известно: ровно доля p выходит только в среднем.
    """
    x, p = values((16, 24), rng), number(0.25, 0.45, rng)
    call = f"256 вызовов DropoutLayer(p={p:.3g})(x)"
    answers = submission.call(probes.repeatedly, x, p, 256, 1)
    kept = mask_of(answers, x.expand(256, 16, 24), p, call=call)
    groups = {  # оси: вызов, строка, столбец
        (1,): ("маска одна на весь батч: столбец обнуляется целиком", "в столбце всегда обнулено поровну"),
        (2,): ("маска одна на все признаки: строка обнуляется целиком", "в строке всегда обнулено поровну"),
        (0,): (
            "одни и те же места обнуляются чаще других: маска не новая в каждом вызове или зависит от места",
            "маски разных вызовов связаны между собой",
        ),
        (1, 2): ("элементы одного вызова связаны между собой", ALL_THE_SAME),
    }
    check_independence(kept, groups, p, call=call)
    check_share(kept, p, call=call)


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_independence_of_layers(submission, rng):
    """Независимость: два слоя; три, четыре и пять осей

    У двух слоёв одной сети маски разные. В последовательностях (B, T, C) и картинках (B, C, H, W) обнуляется каждое
    число отдельно, а не канал или шаг целиком: выбрасывать каналы — это Dropout1d и Dropout2d.
    """
    x, p = values((16, 24), rng), number(0.25, 0.45, rng)
    call = f"256 вызовов двух слоёв DropoutLayer(p={p:.3g}) по очереди"
    kept = mask_of(submission.call(probes.repeatedly, x, p, 256, 2), x.expand(256, 16, 24), p, call=call)
    pairs = kept.reshape(128, 2, 16, 24)
    groups = {(1,): ("у двух слоёв одинаковые маски: генератор с одним и тем же зерном", "маски двух слоёв связаны")}
    check_independence(pairs, groups, p, call=call)
    for shape, kind in (((8, 9, 10), 1), ((4, 6, 5, 7), 2), ((3, 5, 3, 4, 4), 3)):
        x = values(shape, rng)
        call = f"64 вызова DropoutLayer(p={p:.3g})(x), x формы {shape}"
        kept = mask_of(submission.call(probes.repeatedly, x, p, 64, 1), x.expand(64, *shape), p, call=call)
        channel = f"канал обнуляется целиком: это Dropout{kind}d; маска нужна той же формы, что x"
        groups = {  # оси: вызов, пример, канал, точки канала
            tuple(range(3, 3 + kind)): (channel, "в канале всегда обнулено поровну"),
            (1,): ("маска одна на все примеры", "среди примеров всегда обнулено поровну"),
            (2,): ("маска одна на все каналы (или на все шаги)", "среди каналов всегда обнулено поровну"),
            (0,): ("маска не новая в каждом вызове", "маски разных вызовов связаны между собой"),
        }
        check_independence(kept, groups, p, call=call)


@pytest.mark.hidden
@pytest.mark.points("0.02")
def test_seed(submission, rng, seed):
    """torch.manual_seed делает опыт повторяемым

    После одного и того же зерна слой даёт ту же маску, без зерна — новую. Берите случайность из torch (rand,
    bernoulli) и не трогайте зерно внутри слоя: оно общее для всей программы.
    """
    x, p = values((20, 20), rng), 0.5
    call = "DropoutLayer(p=0.5)(x)"
    first, second, again = (
        mask_of(y, x, p, call=call) for y in check.parts(submission.call(probes.reseeded, x, p, seed), 3, call=call)
    )
    check.that(
        not torch.equal(first, second),
        f"{call}: два вызова подряд дали одну и ту же маску\nпохоже: зерно задаётся внутри слоя или маска запомнена",
    )
    check.that(
        torch.equal(first, again),
        f"{call}: после того же torch.manual_seed маска другая\nпохоже: случайность взята не из torch — random, numpy",
    )


@pytest.mark.points("0.05")
def test_any_tensor(submission, rng):
    """Любой тензор, и вход не меняется

    Любое число осей, пустой, транспонированный, растянутый — слою всё равно. Тип ответа тот же, что у входа.
    """
    p = number(0.4, 0.6, rng)
    for kind, x in layouts(rng).items():
        call = f"DropoutLayer(p={p:.3g})(x), x {kind}"
        why = "вход изменён на месте, хотя inplace=False: он ещё понадобится другим слоям"
        y = check.untouched(submission.call(probes.watched, x, p), x, call=call, why=why)
        kept = mask_of(y, x, p, call=call, rtol=1e-8 if x.dtype == torch.float64 else 1e-5)
        if x.numel():
            check_both_kinds(kept, call)
    x = torch.tensor(-0.7, dtype=torch.float64)  # без осей: за 64 вызова выпадет и то, и другое
    call = f"64 вызова DropoutLayer(p={p:.3g})(x), x без осей"
    check_both_kinds(mask_of(submission.call(probes.repeatedly, x, p, 64, 1), x.expand(64), p, call=call), call)


@pytest.mark.hidden
@pytest.mark.points("0.02")
def test_in_place(submission, rng):
    """inplace=True пишет ответ прямо во вход

    Так экономят память. В режиме применения и с inplace=True вход остаётся каким был.
    """
    x, p = values((12, 15), rng), number(0.3, 0.7, rng)
    call = f"DropoutLayer(p={p:.3g}, inplace=True)(x)"
    y, (after,), writes = watched(submission.call(probes.watched, x, p, inplace=True), call)
    check_both_kinds(mask_of(y, x, p, call=call), call)
    why = "при inplace=True ответ записывают в сам x: x.mul_(...), x.div_(...)"
    check.equal(after, y, call=f"{call}: вход после вызова совпадает с ответом", inputs={"x": x}, why=why)
    check.that(
        writes != 0,
        f"{call}: вход изменён так, что autograd этого не видит\n"
        "похоже: запись через x.data; другие слои посчитают градиент по испорченному x, не заметив. Пишите x.mul_(...)",
    )
    _, (after,), _ = watched(submission.call(probes.watched, x, 1.0, inplace=True), call)
    why = "при p = 1 обнуляется всё, и при inplace=True нули тоже пишут в сам x: x.zero_()"
    ones = "DropoutLayer(p=1.0, inplace=True)(x): вход после вызова"
    check.equal(after, torch.zeros_like(x), call=ones, inputs={"x": x}, why=why)
    why = "в режиме применения слой ничего не делает, на месте тоже"
    report = submission.call(probes.watched, x, p, mode="eval", inplace=True)
    y = check.untouched(report, x, call=f"{call} после .eval()", why=why)
    check.equal(y, x, call=f"{call} после .eval()", why=why)
