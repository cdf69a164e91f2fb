"""Где в записи даты её год, месяц и день: чтобы узнать, туда ли смотрит модель."""

import re

import probes

YEAR, MONTH, DAY = slice(0, 4), slice(5, 7), slice(8, 10)  # в ответе ГГГГ-ММ-ДД
_NAMES = {*probes.MONTHS, *probes.MONTHS_OF, *(month[:3] for month in probes.MONTHS_OF)}


def regions(text):
    """Пары (часть ответа, (начало, конец) в тексте)."""
    pieces = [(found.group(), found.span()) for found in re.finditer(r"\d+|[а-я]+", text)]
    numbers = [piece for piece in pieces if piece[0].isdigit()]
    if len(numbers) == 3:  # 14.02.2023
        day, month, year = (span for _, span in numbers)
    else:
        month = next(span for word, span in pieces if word in _NAMES)
        year = next(span for word, span in numbers if len(word) == 4)
        day = next(span for word, span in numbers if len(word) < 4)
    return [(YEAR, year), (MONTH, month), (DAY, day)]


def focus(task, answers, weights):
    """Средний вес на нужной части текста, с одной буквой по сторонам; по цифрам верно переведённых дат."""
    total, count = 0.0, 0
    for row, (given, text) in enumerate(zip(answers.tolist(), task.texts, strict=True)):
        target = task.hidden[row][1]
        if given[: len(target)] != target:
            continue
        for part, (start, end) in regions(text):
            total += weights[row, part, max(0, start - 1) : end + 1].sum().item()
            count += part.stop - part.start
    return total / count if count else 0.0
