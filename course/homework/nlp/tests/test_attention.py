"""Маски и внимание: 0,75 балла."""

import probes
import pytest
import torch
from data import padded
from formulas import allowed, numbers, slips, weights
from probes import PAD

from kafedra.testing import check

CALL = "attention(q, k, v)"
MASKED = "attention(q, k, v, mask)"


def check_attention(answer, q, k, v, mask=None, *, call, why="", rtol=1e-8, atol=1e-10):
    """Пара (output, weights) равна формуле."""
    output, given = check.parts(answer, 2, call=call, what="output, weights")
    right = weights(q, k, mask)
    wrong = slips(q, k, mask)
    inputs = {"q": q, "k": k, "v": v} | ({} if mask is None else {"mask": mask})
    tolerance = {"rtol": rtol, "atol": atol, "why": why}
    check.close(given, right, call=f"{call}, weights", inputs=inputs, suspects=wrong, **tolerance)
    check.close(output, right @ v, call=f"{call}, output", inputs=inputs, suspects=outputs(wrong, v), **tolerance)


def outputs(wrong, v):
    return {cause: given @ v for cause, given in wrong.items() if given.shape[-1] == v.shape[-2]}


@pytest.mark.points("0.1")
def test_padding_mask(submission, rng):
    """Маска падов: True там, где настоящий токен

    padding_mask(tokens): (B, S) → (B, 1, S), тип bool. Единичная ось достанется запросам: маска у всех одна.
    """
    for lengths in ([5, 2, 3], [1], [4, 4]):
        tokens = padded([torch.randint(1, 9, (length,), generator=rng).tolist() for length in lengths])
        expected = (tokens != PAD).unsqueeze(1)
        suspects = {
            "маска понята наоборот: True стоит на падах": ~expected,
            "нет оси запросов: нужна форма (B, 1, S)": expected.squeeze(1),
            "закрыты BOS и EOS, а они настоящие токены": (tokens > 2).unsqueeze(1),
            "лишняя ось: голов здесь ещё нет, нужна форма (B, 1, S)": expected.unsqueeze(1),
            "закрыты строки, а не столбцы: маска про ключи, её форма (B, 1, S)": expected.transpose(1, 2),
        }
        check.close(
            submission.call(probes.call, "padding_mask", tokens),
            expected,
            call="padding_mask(tokens)",
            inputs={"tokens": tokens},
            suspects=suspects,
        )


@pytest.mark.points("0.1")
def test_causal_mask(submission):
    """Маска будущего: место t видит места 0 … t

    causal_mask(size): таблица (size, size) типа bool; строка — запрос, столбец — ключ. Себя видеть можно.
    """
    for size in (5, 1, 2, 8):
        whole = torch.ones(size, size, dtype=torch.bool)
        suspects = {
            "строки и столбцы перепутаны: видно будущее, а не прошлое": whole.triu(),
            "маска понята наоборот: True стоит на будущем": whole.triu(1),
            "место не видит само себя": whole.tril(-1),
            "сдвиг на единицу: место t видит место t + 1, то есть ответ": whole.tril(1),
            "ничего не закрыто": whole,
        }
        answer = submission.call(probes.call, "causal_mask", size)
        check.close(answer, whole.tril(), call=f"causal_mask({size})", suspects=suspects)


@pytest.mark.points("0.15")
def test_attention(submission, rng):
    """Внимание: softmax(q kᵀ / √d) v

    q (…, T, d), k (…, S, d), v (…, S, e) → output (…, T, e), weights (…, T, S). Сумма весов по ключам — единица. Осей
    спереди сколько угодно, хоть ни одной: переставляйте две последние, transpose(-2, -1).
    """
    for lead in ((2,), (), (2, 3)):
        q, k, v = numbers((*lead, 4, 5), rng), numbers((*lead, 6, 5), rng), numbers((*lead, 6, 3), rng)
        answer = submission.call(probes.call, "attention", q, k, v)
        check_attention(answer, q, k, v, call=CALL)


@pytest.mark.points("0.15")
def test_attention_mask(submission, rng):
    """Внимание с маской: где False, там вес ноль, остальные в сумме дают единицу

    Маска (…, T, S) или любая, что до неё растягивается: (S,), (T, S), (B, 1, S).
    """
    q, k, v = numbers((3, 4, 5), rng), numbers((3, 6, 5), rng), numbers((3, 6, 2), rng)
    for shape in ((3, 4, 6), (3, 1, 6), (4, 6), (6,)):
        mask = allowed(shape, rng)
        answer = submission.call(probes.call, "attention", q, k, v, mask)
        check_attention(answer, q, k, v, mask, call=f"{MASKED}, mask {shape}")
    q = numbers((3, 6, 5), rng)  # запросов столько же, сколько ключей: перепутанные оси форма не выдаст
    mask = allowed((3, 1, 6), rng)
    answer = submission.call(probes.call, "attention", q, k, v, mask)
    check_attention(answer, q, k, v, mask, call=f"{MASKED}, mask (3, 1, 6), запросов столько же, сколько ключей")


@pytest.mark.points("0.05")
def test_attention_nothing_to_see(submission, rng):
    """Внимание с маской: смотреть некуда — нули, а не NaN

    Так бывает с пустой строкой в батче. Softmax одних −∞ — это 0/0; ответ и веса такой строки должны быть нулями.
    """
    q, k, v = numbers((2, 3, 4), rng), numbers((2, 5, 4), rng), numbers((2, 5, 4), rng)
    mask = allowed((2, 3, 5), rng)
    mask[0, 1] = False
    output, given = check.parts(submission.call(probes.call, "attention", q, k, v, mask), 2, call=MASKED)
    call = f"{MASKED}, где одной строке запрещены все ключи"
    check.tensor(given, shape=(2, 3, 5), dtype=q.dtype, call=f"{call}, weights")
    check.that(not bool(given.isnan().any()), f"{call}: NaN в весах\nпохоже: softmax от одних −∞, то есть 0/0")
    even = bool((given[0, 1] - 1 / 5).abs().amax() < 1e-9)
    why = (
        "похоже: softmax одинаковых оценок даёт всем поровну" if even else "похоже: это не веса или маска не действует"
    )
    check.that(
        not bool(given[0, 1].any()), f"{call}: её веса не нули\n{why}; обнулите запрещённое ещё раз после softmax"
    )
    check_attention((output, given), q, k, v, mask, call=call)


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_attention_robust(submission, rng):
    """Внимание: большие числа, float32, любой тензор, входы не меняются

    Оценки бывают и в сотни: softmax тогда считают с вычитанием наибольшего, а запрет должен быть сильнее любой оценки.
    """
    mask = allowed((2, 4, 5), rng)
    q, k, v = 40 * numbers((2, 4, 6), rng), 40 * numbers((2, 5, 6), rng), numbers((2, 5, 3), rng)
    for keys, what in ((k, "большими"), (-k.abs(), "очень отрицательными")):
        queries = q if keys is k else q.abs()
        for limit in (None, mask):
            answer = submission.call(probes.call, "attention", queries, keys, v, limit)
            call = f"{CALL if limit is None else MASKED} с {what} оценками, до ±{int((q @ k.mT).abs().amax())}"
            why = "из оценок перед exp не вычтено наибольшее; готовая softmax делает это сама"
            if limit is not None:
                why = "запрет слабее оценок: ставьте torch.finfo(scores.dtype).min, а не −100"
            check_attention(answer, queries, keys, v, limit, call=call, why=why)
    q, k, v = (numbers(shape, rng, torch.float32) for shape in ((2, 4, 6), (2, 5, 6), (2, 5, 3)))
    answer = submission.call(probes.call, "attention", q, k, v, mask)
    check_attention(answer, q, k, v, mask, call=f"{MASKED} во float32", rtol=1e-4, atol=1e-5)
    q, k, v = numbers((6, 3, 4), rng).transpose(0, 1), numbers((1, 5, 4), rng).expand(3, 5, 4), numbers((3, 9, 4), rng)
    v = v[:, ::2]
    mask = allowed((3, 6, 5), rng)
    call = f"{MASKED} с чужой раскладкой памяти"
    answer, after = check.parts(submission.call(probes.attention_side_effects, q, k, v, mask), 2, call=call)
    check_attention(answer, q, k, v, mask, call=call)
    for name, value, before in zip("qkv", check.parts(after, 4, call=call)[:3], (q, k, v), strict=True):
        check.equal(value, before.contiguous(), call=f"{call}: вход {name} после вызова изменился")
    check.equal(after[3], mask, call=f"{call}: маска после вызова изменилась")


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_attention_gradient(submission, rng):
    """Внимание: градиент доходит до q, k и v

    Autograd посчитает его сам. Запрещённые ключи градиента не получают, и он везде конечен: даже у строки, которой
    запрещено всё.
    """
    inputs = numbers((2, 4, 5), rng), numbers((2, 6, 5), rng), numbers((2, 6, 3), rng)
    mask, upstream = allowed((2, 4, 6), rng), numbers((2, 4, 3), rng)
    mask[1, 2] = False
    for limit in (None, mask):
        call = CALL if limit is None else MASKED
        answer = check.parts(submission.call(probes.attention_gradient, *inputs, limit, upstream), 3, call=call)
        q, k, v = (x.clone().requires_grad_() for x in inputs)
        expected = torch.autograd.grad(((weights(q, k, limit) @ v) * upstream).sum(), (q, k, v))
        for name, gradient, right in zip("qkv", answer, expected, strict=True):
            what = f"градиент {call} по {name}"
            check.that(gradient is not None, f"{what} не доходит\nпохоже: .detach(), torch.no_grad() или numpy внутри")
            broken = type(gradient) is torch.Tensor and not bool(gradient.isfinite().all())
            why = (
                "градиент прошёл через softmax одних −∞"
                if broken
                else "начните с output: градиент autograd считает сам"
            )
            check.close(gradient, right, call=what, why=why)
