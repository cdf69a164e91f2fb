"""The words of a failed check, in the language of the course.

The judge sets the language once, before the tests run; a test author never needs to.
"""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["ru", "en"]

_TEXTS: Final[dict[str, dict[Language, str]]] = {
    "nothing": {
        "ru": "{call} ничего не возвращает (None): нет return?",
        "en": "{call} returns nothing (None): is a return missing?",
    },
    "not_tensor": {
        "ru": "{call}: ожидался тензор, пришло {kind}",
        "en": "{call}: expected a tensor, got {kind}",
    },
    "not_number": {
        "ru": "{call}: ожидалось число, пришло {kind}",
        "en": "{call}: expected a number, got {kind}",
    },
    "shape": {
        "ru": "{call}: форма {got} вместо {want}",
        "en": "{call}: shape {got} instead of {want}",
    },
    "dtype": {
        "ru": "{call}: тип {got} вместо {want}",
        "en": "{call}: dtype {got} instead of {want}",
    },
    "nan": {
        "ru": "{call}: в ответе NaN ({count} из {total}), а должно быть число",
        "en": "{call}: NaN in the result ({count} of {total}) where a number was expected",
    },
    "infinite": {
        "ru": "{call}: в ответе бесконечность ({count} из {total}), а должно быть конечное число",
        "en": "{call}: infinity in the result ({count} of {total}) where a finite number was expected",
    },
    "values": {
        "ru": "{call}: значения не совпали с ожидаемыми",
        "en": "{call}: the values differ from the expected ones",
    },
    "not_equal": {
        "ru": "{call}: получено {got}, ожидалось {want}",
        "en": "{call}: got {got}, expected {want}",
    },
    "not_raised": {
        "ru": "{call}: ожидалось исключение {kinds}, а его не было",
        "en": "{call}: expected {kinds} to be raised, and it was not",
    },
    "outside": {
        "ru": "{call}: {what} = {got}, а должно лежать от {low} до {high}",
        "en": "{call}: {what} = {got}, which should lie between {low} and {high}",
    },
    "unexpected": {
        "ru": "ответ не того вида, которого ждёт тест ({error})",
        "en": "the result is not of the kind that the test expects ({error})",
    },
    "call": {"ru": "вызов: {call}", "en": "called: {call}"},
    "input": {"ru": "вход {name}: {form}", "en": "input {name}: {form}"},
    "worst": {
        "ru": "наибольшая ошибка {error}{place}: получено {got}, ожидалось {want}",
        "en": "largest error {error}{place}: got {got}, expected {want}",
    },
    "place": {"ru": " в позиции {index}", "en": " at {index}"},
    "worst_input": {"ru": "там вход {name} = {value}", "en": "there input {name} = {value}"},
    "mismatched": {
        "ru": "не совпало {count} из {total}",
        "en": "{count} of {total} elements differ",
    },
    "why": {"ru": "похоже: {why}", "en": "probably: {why}"},
}

_language: Language = "ru"


def speak(language: Language) -> None:
    """Choose the language of the messages in this process."""
    global _language
    _language = language


def say(key: str, **values: object) -> str:
    """The text named ``key``, filled in."""
    return _TEXTS[key][_language].format(**values)
