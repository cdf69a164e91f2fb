"""Данные опытов: проверка придумывает их сама, а номера слов, букв и цифр перемешивает в каждом запуске заново.

В песочницу уходят пары для обучения и источники, на которых модель проверят. Ответы на них остаются здесь.
"""

import datetime as dt
from dataclasses import dataclass

import probes
import torch
from probes import PAD

SPECIAL = 3  # PAD, BOS, EOS
FIRST_DAY = dt.date(1950, 1, 1)
DAYS = (dt.date(2050, 1, 1) - FIRST_DAY).days
WORDS = sorted({word for n in range(1000) for word in probes.amount_in_words(1001 * n).split()})
_SOME_DAYS = [FIRST_DAY + dt.timedelta(100 * n) for n in range(366)]
LETTERS = sorted(
    {letter for day in _SOME_DAYS for form in range(probes.FORMS) for letter in probes.written_date(day, form)}
)


@dataclass(frozen=True)
class Task:
    """Пары (источник, ответ) из номеров для обучения; источники проверки и ответы на них."""

    pairs: list[tuple[list[int], list[int]]]
    hidden: list[tuple[list[int], list[int]]]
    texts: list[str]  # источники проверки, как их прочёл бы человек
    source_size: int
    target_size: int

    @property
    def sources(self):
        """Источники проверки (B, S)."""
        return padded([source for source, _ in self.hidden])

    @property
    def longest(self):
        """Сколько шагов хватит на любой ответ вместе с EOS."""
        return max(len(target) for _, target in self.pairs + self.hidden) + 1


def padded(rows, width=None):
    """Список списков номеров → (B, S), дополнено PAD справа."""
    table = torch.full((len(rows), width or max(map(len, rows))), PAD)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = torch.tensor(row, dtype=torch.int64)
    return table


def _numbering(symbols, rng):
    """Случайные номера символам: те же символы в другом запуске получат другие."""
    order = torch.randperm(len(symbols), generator=rng) + SPECIAL
    return dict(zip(symbols, order.tolist(), strict=True))


def _task(written, train, symbols, answers, rng):
    """written: пары (источник — список символов, ответ — строка); первые `train` — для обучения."""
    of_source, of_target = _numbering(symbols, rng), _numbering(answers, rng)
    pairs = [([of_source[one] for one in source], [of_target[one] for one in target]) for source, target in written]
    joint = " " if len(symbols[0]) > 1 else ""
    texts = [joint.join(source) for source, _ in written[train:]]
    return Task(pairs[:train], pairs[train:], texts, SPECIAL + len(symbols), SPECIAL + len(answers))


def distinct(count, below, rng):
    """`count` разных чисел от 0 до `below`, по порядку случая."""
    return torch.randperm(below, generator=rng)[:count].tolist()


def amounts(train, hidden, rng):
    """Суммы прописью → цифры. Четверть сумм меньше 10 000, остальные — любые до миллиона; все разные."""
    total = train + hidden
    few = total // 4
    numbers = distinct(few, 10_000, rng) + [10_000 + n for n in distinct(total - few, 990_000, rng)]
    numbers = [numbers[place] for place in torch.randperm(total, generator=rng).tolist()]
    written = [(probes.amount_in_words(n).split(), str(n)) for n in numbers]
    return _task(written, train, WORDS, "0123456789", rng)


def dates(train, hidden, rng):
    """Даты, записанные по-разному, по буквам → ГГГГ-ММ-ДД. Дни проверки в обучении не встречаются."""
    days = [FIRST_DAY + dt.timedelta(n) for n in distinct(train + hidden, DAYS, rng)]
    forms = torch.randint(probes.FORMS, (len(days),), generator=rng).tolist()
    written = [(list(probes.written_date(day, form)), day.isoformat()) for day, form in zip(days, forms, strict=True)]
    return _task(written, train, LETTERS, "-0123456789", rng)


def exact(answers, task):
    """Доля источников проверки, ответ на которые совпал целиком: answers (B, T), после ответа — PAD."""
    right = 0
    for row, (_, target) in zip(answers.tolist(), task.hidden, strict=True):
        right += row[: len(target)] == target and not any(row[len(target) :])
    return right / len(task.hidden)
