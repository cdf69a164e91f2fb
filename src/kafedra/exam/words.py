"""What stands on the sheets beside the questions, in the language of the course."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kafedra.course import Language

_WORDS: Final[dict[str, dict[str, str]]] = {
    "ru": {
        "theory": "Теория", "practice": "Задача", "variant": "Вариант", "group": "Группа", "page": "стр.",
        "of": "из", "paper": "Работа", "place": "Место", "date": "Дата", "key": "Ключ для проверяющих",
        "answer": "Ответ", "marks": "За что баллы", "question": "Вопрос", "most": "Всего", "mark": "Балл",
        "minutes": "минут", "name": "Имя", "topic": "Тема", "difficulty": "сложность", "sum": "Сумма",
        "rules": "Пишите ответ на листе своего вопроса: по коду в углу лист найдут, даже если он оторвётся. "
        "Не хватило места — продолжайте на последнем листе и назовите номер вопроса. "
        "Каждый вопрос оценивают по частям: напишите и то, в чём уверены лишь наполовину.",
        "seats": "Рассадка", "signature": "Подпись", "more": "Продолжение ответа на вопрос №",
    },
    "en": {
        "theory": "Theory", "practice": "Problem", "variant": "Variant", "group": "Group", "page": "p.",
        "of": "of", "paper": "Paper", "place": "Seat", "date": "Date", "key": "Key for markers",
        "answer": "Answer", "marks": "What earns points", "question": "Question", "most": "Out of", "mark": "Points",
        "minutes": "minutes", "name": "Name", "topic": "Topic", "difficulty": "difficulty", "sum": "Sum",
        "rules": "Answer each question on its own sheet: the code in the corner finds the sheet even if it comes off. "
        "If there isn't enough room, go on on the last sheet and say the question's number. "
        "Every question is marked in parts: write down what you are only half sure of, too.",
        "seats": "Seating list", "signature": "Signature", "more": "More of the answer to question no.",
    },
}  # fmt: skip


def word(name: str, language: Language) -> str:
    """The word in this language."""
    return _WORDS[language][name]


def points_in_words(points: Decimal, language: Language) -> str:
    """«3 балла», "1 point", «2,5 балла»."""
    shown = f"{points.normalize():f}"
    if language == "en":
        return f"{shown} point" if points == 1 else f"{shown} points"
    shown = shown.replace(".", ",")
    if points != points.to_integral_value():
        return f"{shown} балла"
    last, tens = int(points) % 10, int(points) % 100
    if last == 1 and tens != 11:
        return f"{shown} балл"
    return f"{shown} балла" if last in (2, 3, 4) and tens not in (12, 13, 14) else f"{shown} баллов"
