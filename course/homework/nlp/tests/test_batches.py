"""Батч и потери: 0,5 балла."""

import copy

import probes
import pytest
import torch
from data import padded
from probes import BOS, EOS, PAD

from kafedra.testing import check

WHAT = {
    "source": "номера источника",
    "target_in": "BOS и ответ",
    "target_out": "ответ и EOS",
}


def sentences(lengths, rng):
    """Пары (источник, ответ) данных длин; номера от 3 до 20."""

    def row(length):
        return torch.randint(3, 21, (length,), generator=rng).tolist()

    return [(row(source), row(target)) for source, target in lengths]


def slips(pairs):
    """Обычные ошибки: по словарю {что не так: таблица} на каждую из трёх таблиц."""
    source = [words for words, _ in pairs]
    answers = [list(answer) for _, answer in pairs]
    before, after = [[BOS, *row] for row in answers], [[*row, EOS] for row in answers]
    whole = [[BOS, *row, EOS] for row in answers]
    by_length = sorted(pairs, key=lambda pair: -len(pair[0]))
    no_shift = "нет сдвига: на входе декодера должен стоять прошлый токен, а стоит тот, который надо угадать"
    return (
        {
            "к источнику приписан EOS": padded([[*row, EOS] for row in source]),
            "к источнику приписан BOS": padded([[BOS, *row] for row in source]),
            "дополнено слева, а надо справа": left(source),
            "пары переставлены по длине, а порядок нужно сохранить": padded([words for words, _ in by_length]),
            "оси перепутаны: строка таблицы — это пара": padded(source).T,
            "обрезано по самому короткому источнику": torch.tensor([row[: min(map(len, source))] for row in source]),
            "дополнено не PAD, а чем-то другим": padded(source).masked_fill(padded(source) == PAD, EOS),
        },
        {
            no_shift: padded(after),
            "нет BOS: первый токен угадывать не из чего": padded(answers, max(map(len, before))),
            "нет BOS, и таблица короче на столбец": padded(answers),
            "лишний EOS в конце: на входе он не нужен": padded(whole),
            "дополнено слева, а надо справа": left(before),
        },
        {
            "нет EOS: модель не научится останавливаться": padded(answers, max(map(len, after))),
            "нет EOS, и таблица короче на столбец": padded(answers),
            "нет сдвига: это вход декодера, а надо угадать следующий токен": padded(before),
            "в начале лишний BOS: его угадывать не надо": padded(whole),
            "EOS стоит после падов, в последнем столбце, а должен сразу за ответом": late(answers),
            "дополнено слева, а надо справа": left(after),
        },
    )


def left(rows):
    return padded([row[::-1] for row in rows]).flip(1)


def late(rows):
    table = padded(rows, max(map(len, rows)) + 1)
    table[:, -1] = EOS
    return table


def check_batch(answer, pairs, call):
    """Три таблицы номеров."""
    tables = check.parts(answer, 3, call=call, what=", ".join(WHAT))
    expected = (
        padded([source for source, _ in pairs]),
        padded([[BOS, *target] for _, target in pairs]),
        padded([[*target, EOS] for _, target in pairs]),
    )
    lengths = f"длины источников {[len(s) for s, _ in pairs]}, ответов {[len(t) for _, t in pairs]}"
    for name, table, wanted, suspects in zip(WHAT, tables, expected, slips(pairs), strict=True):
        why = f"не то, что просили: {WHAT[name]}, справа PAD до самой длинной строки таблицы, int64; {lengths}"
        check.close(table, wanted, call=f"{call}, {name}", suspects=suspects, otherwise=why)


@pytest.mark.points("0.2")
def test_collate(submission, rng):
    """Батч: источник, вход декодера и то, что надо угадать

    source — номера источника; target_in — BOS и ответ; target_out — ответ и EOS. Всё дополнено справа нулями (PAD)
    до самой длинной строки, тип int64, порядок пар прежний.
    """
    for lengths in ([(4, 2), (6, 5), (2, 1), (5, 3)], [(1, 6), (3, 2), (3, 4)]):
        pairs = sentences(lengths, rng)
        batch, _ = check.parts(submission.call(probes.collate, pairs), 2, call="collate(pairs)")
        check_batch(batch, pairs, "collate(pairs)")


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_collate_edges(submission, rng):
    """Батч: края

    Батч из одной пары; пустой ответ, от которого остаются одни BOS и EOS; одинаковые длины; сами пары после
    вызова прежние.
    """
    for lengths in ([(3, 2)], [(2, 0), (4, 3)], [(3, 3), (3, 3)], [(2, 0)]):
        pairs = sentences(lengths, rng)
        call = f"collate(pairs), пар: {len(pairs)}"
        batch, after = check.parts(submission.call(probes.collate, copy.deepcopy(pairs)), 2, call=call)
        check_batch(batch, pairs, call)
        check.equal(after, pairs, call=f"{call}: пары после вызова изменились", why="BOS и EOS дописаны в чужие списки")


def losses(rng):
    """Логиты (B, T, V), ответы (B, T) разной длины с падами в конце."""
    logits = 2 * torch.randn(4, 6, 9, generator=rng, dtype=torch.float64)
    answers = torch.randint(3, 9, (4, 6), generator=rng)
    for row, length in enumerate((6, 2, 4, 1)):
        answers[row, length - 1] = EOS
        answers[row, length:] = PAD
    return logits, answers


def loss_slips(logits, answers):
    """Потери с обычными ошибками."""
    each = -logits.log_softmax(-1).gather(-1, answers.unsqueeze(-1)).squeeze(-1)
    real = (answers != PAD).double()
    turned = logits.transpose(1, 2).reshape(-1, logits.shape[-1])
    twice = -logits.softmax(-1).log_softmax(-1).gather(-1, answers.unsqueeze(-1)).squeeze(-1)
    return {
        "в потери попали пады: среднее надо брать только по настоящим токенам": each.mean(),
        "пады обнулены, но поделено на число всех мест, вместе с падами": (each * real).mean(),
        "это сумма, а нужно среднее": (each * real).sum(),
        "это сумма по токенам, поделённая на число строк; нужно среднее по токенам": (each * real).sum() / len(answers),
        "это среднее средних по строкам: токен короткой строки весит больше": (
            (each * real).sum(1) / real.sum(1)
        ).mean(),
        "softmax взят дважды: кросс-энтропия ждёт логиты": (twice * real).sum() / real.sum(),
        "потерян знак минус": -(each * real).sum() / real.sum(),
        "оси логитов перепутаны при reshape": torch.nn.functional.cross_entropy(
            turned, answers.flatten(), ignore_index=PAD
        ),
        "EOS выброшен из потерь вместе с падами: модель не научится останавливаться": each[answers > EOS].mean(),
    }


@pytest.mark.points("0.15")
def test_loss(submission, rng):
    """Потери: средняя кросс-энтропия настоящих токенов

    Сумма −ln p(правильный токен) по всем местам, где в target_out не PAD, поделить на число таких мест. EOS — настоящий
    токен.
    """
    logits, answers = losses(rng)
    value, _ = check.parts(submission.call(probes.loss, logits, answers), 2, call="sequence_loss")
    expected = torch.nn.functional.cross_entropy(logits.flatten(0, 1), answers.flatten(), ignore_index=PAD)
    call, inputs = "sequence_loss(logits, target_out)", {"logits": logits, "target_out": answers}
    why = "нужно среднее −log_softmax(logits) правильных токенов по местам, где не PAD; EOS считается"
    check.close(value, expected, call=call, inputs=inputs, suspects=loss_slips(logits, answers), otherwise=why)


@pytest.mark.points("0.05")
def test_loss_gradient(submission, rng):
    """Потери: градиент по логитам

    У настоящих токенов он равен (softmax − единица на правильном месте), делённому на число токенов; у падов — нули.
    """
    logits, answers = losses(rng)
    copied = logits.clone().requires_grad_()
    torch.nn.functional.cross_entropy(copied.flatten(0, 1), answers.flatten(), ignore_index=PAD).backward()
    _, gradient = check.parts(submission.call(probes.loss, logits, answers), 2, call="sequence_loss")
    call = "градиент sequence_loss по логитам"
    check.that(gradient is not None, f"{call} не доходит\nпохоже: .item(), .detach() или numpy внутри")
    check.tensor(gradient, shape=logits.shape, dtype=logits.dtype, call=call)
    pads = gradient[answers == PAD]
    check.that(not bool(pads.any()), f"{call}: у падов он не нулевой\nпохоже: пады попали в потери")
    check.close(gradient, copied.grad, call=call, why="то же, что не так с самими потерями: начните с них")
