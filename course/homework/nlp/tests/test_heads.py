"""Несколько голов: 0,5 балла. Образец — nn.MultiheadAttention с теми же весами."""

import math

import probes
import pytest
import torch
from formulas import allowed, numbers, weights
from torch import nn

from kafedra.testing import check

DIM, HEADS = 12, 3
NAMES = ("query", "key", "value", "output")


def projections(rng, dim=DIM):
    """Веса и смещения четырёх линейных слоёв."""
    return {name: (numbers((dim, dim), rng) / math.sqrt(dim), numbers((dim,), rng)) for name in NAMES}


def reference(given, query, key, value, mask=None, heads=HEADS):
    """Ответ и веса голов nn.MultiheadAttention; у него True в маске значит «нельзя»."""
    layer = nn.MultiheadAttention(query.shape[-1], heads, batch_first=True, dtype=torch.float64).eval()
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.cat([given[name][0] for name in NAMES[:3]]))
        layer.in_proj_bias.copy_(torch.cat([given[name][1] for name in NAMES[:3]]))
        layer.out_proj.weight.copy_(given["output"][0])
        layer.out_proj.bias.copy_(given["output"][1])
        limit = None
        if mask is not None:
            shape = len(query), query.shape[1], key.shape[1]
            limit = ~mask.expand(shape).repeat_interleave(heads, dim=0)
        return layer(query, key, value, attn_mask=limit, average_attn_weights=False)


def slips(given, query, key, value, mask=None, heads=HEADS):
    """Ответы с обычными ошибками: {что не так: output}."""
    with torch.no_grad():
        q, k, v = (x @ given[name][0].T + given[name][1] for name, x in zip(NAMES, (query, key, value), strict=False))
    size = q.shape[-1] // heads

    def out(x):
        return x @ given["output"][0].T + given["output"][1]

    def split(x):
        return x.unflatten(-1, (heads, size)).transpose(1, 2)

    limit = None if mask is None else mask.unsqueeze(-3)
    right = weights(split(q), split(k), limit) @ split(v)
    long = weights(split(q) / math.sqrt(heads), split(k), limit) @ split(v)
    wrong = {
        "поделено на корень из dim, а надо из размера головы dim / heads": out(long.transpose(1, 2).flatten(2)),
        "головы не разделены: внимание одно на весь вектор": out(weights(q, k, mask) @ v),
        "нет последнего слоя output": right.transpose(1, 2).flatten(2),
        "перед склейкой голов нет transpose: места и головы перемешались": out(right.reshape(q.shape)),
        "query и key перепутаны": out(
            (
                weights(
                    split(query @ given["key"][0].T + given["key"][1]),
                    split(key @ given["query"][0].T + given["query"][1]),
                    limit,
                )
                @ split(v)
            )
            .transpose(1, 2)
            .flatten(2)
        ),
        "ко входу прибавлен ответ: обходной путь — дело слоя Transformer, не внимания": query
        + out(right.transpose(1, 2).flatten(2)),
        "key и value перепутаны": out((weights(split(q), split(v), limit) @ split(k)).transpose(1, 2).flatten(2)),
    }
    if mask is not None:
        free = weights(split(q), split(k)) @ split(v)
        wrong["маска не действует"] = out(free.transpose(1, 2).flatten(2))
        turned = weights(split(q), split(k), ~limit) @ split(v)
        wrong["маска понята наоборот: закрыто разрешённое"] = out(turned.transpose(1, 2).flatten(2))
        if mask.ndim == 3 and len(mask) == heads:
            tilted = weights(split(q), split(k), mask) @ split(v)
            wrong["маска легла на головы вместо строк батча: ей нужна ось голов, mask.unsqueeze(-3)"] = out(
                tilted.transpose(1, 2).flatten(2)
            )
    if q.shape == k.shape:
        mixed = [x.reshape(len(x), heads, -1, size) for x in (q, k, v)]
        if mask is None:
            jumble = weights(mixed[0], mixed[1]) @ mixed[2]
            cause = (
                "нет transpose: (B, T, dim) сразу превращено в (B, heads, T, dim / heads), места и головы перемешались"
            )
            wrong[cause] = out(jumble.transpose(1, 2).flatten(2))
            wrong[f"{cause}, дважды"] = out(jumble.reshape(q.shape))
    return wrong


def answer_of(submission, given, query, key, value, mask=None, *, call):
    """Ответ слоя с данными весами: (output, weights)."""
    answer = submission.call(probes.heads, query.shape[-1], HEADS, given, query, key, value, mask)
    check.that(
        not isinstance(answer, str),
        f"{call}: у слоя {answer} нет смещения\nпохоже: bias=False; нужны обычные nn.Linear(dim, dim)",
    )
    return check.parts(answer, 2, call=call, what="output, weights")


def check_heads(submission, given, query, key, value, mask=None, *, call):
    output, maps = answer_of(submission, given, query, key, value, mask, call=call)
    expected, attended = reference(given, query, key, value, mask)
    inputs = {"query": query, "key": key} | ({} if mask is None else {"mask": mask})
    check.close(output, expected, call=f"{call}, output", inputs=inputs, suspects=slips(given, query, key, value, mask))
    return maps, attended


@pytest.mark.points("0.2")
def test_heads_self(submission, rng):
    """Несколько голов: как nn.MultiheadAttention с теми же весами

    Слои query, key, value и output — nn.Linear(dim, dim). Вектор режется на heads частей по dim / heads чисел, внимание
    считается в каждой части отдельно, ответы склеиваются и проходят через output.
    """
    given, x = projections(rng), numbers((2, 5, DIM), rng)
    check_heads(submission, given, x, x, x, call=f"MultiHeadAttention({DIM}, {HEADS})(x, x, x)")


@pytest.mark.points("0.1")
def test_heads_weights(submission, rng):
    """Несколько голов: веса у каждой головы свои

    Второе значение — веса формы (B, heads, T, S), без усреднения: по ним видно, куда смотрит каждая голова.
    """
    given, x, y = projections(rng), numbers((2, 4, DIM), rng), numbers((2, 6, DIM), rng)
    call = f"MultiHeadAttention({DIM}, {HEADS})(x, y, y)"
    _, maps = answer_of(submission, given, x, y, y, call=call)
    _, expected = reference(given, x, y, y)
    suspects = {
        "веса усреднены по головам": expected.mean(1),
        "key и value не участвуют: внимание смотрит на сам query": reference(given, x, x, x)[1],
        "голова и строка батча перепутаны": expected.transpose(0, 1),
        "у всех голов одни веса": expected[:, :1].expand(expected.shape),
    }
    check.close(maps, expected, call=f"{call}, weights", inputs={"x": x, "y": y}, suspects=suspects)


@pytest.mark.hidden
@pytest.mark.points("0.15")
def test_heads_masks(submission, rng):
    """Несколько голов: маски и разные query, key, value

    Маска (B, 1, S), (T, S) или (B, T, S) одна на все головы: ось голов добавляет сам слой.
    """
    given = projections(rng)
    query, key, value = numbers((3, 4, DIM), rng), numbers((3, 6, DIM), rng), numbers((3, 6, DIM), rng)
    for shape in (None, (3, 1, 6), (4, 6), (3, 4, 6)):
        mask = None if shape is None else allowed(shape, rng)
        call = f"MultiHeadAttention({DIM}, {HEADS})(query, key, value" + (")" if mask is None else f", mask {shape})")
        maps, expected = check_heads(submission, given, query, key, value, mask, call=call)
        check.close(maps, expected, call=f"{call}, weights")


@pytest.mark.points("0.05")
def test_heads_parameters(submission):
    """Несколько голов: четыре линейных слоя, и dim делится на heads

    Обучаемых чисел 4·(dim² + dim), сколько бы ни было голов. MultiHeadAttention(10, 3) — ошибка ValueError: вектор из
    десяти чисел на три равные части не разрезать.
    """
    for heads in (1, 2, 4):
        count = submission.call(probes.heads_built, 8, heads)
        check.equal(
            count,
            4 * (64 + 8),
            call=f"обучаемых чисел в MultiHeadAttention(8, {heads})",
            why="нужны ровно четыре nn.Linear(dim, dim), со смещениями",
        )
    with submission.raises(ValueError, call="MultiHeadAttention(10, 3): 10 на 3 не делится"):
        submission.call(probes.heads_built, 10, 3)
