"""Whole numbers in words, as a record book has them beside the figures."""

from __future__ import annotations

from collections.abc import Sequence

ONES = {
    "ru": (
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
        "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
    ).split(),
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ).split(),
}
TENS = {
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split(),
    "en": "twenty thirty forty fifty sixty seventy eighty ninety".split(),
}
HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
MOST = 999


def in_words(number: int, language: str) -> str:
    """`number` in Russian or English; in figures beyond what any scale of grades has (negative, 1000 and more)."""
    if not 0 <= number <= MOST:
        return str(number)
    language = "ru" if language == "ru" else "en"
    hundreds, rest = divmod(number, 100)
    words = _below_hundred(rest, language) if rest or not hundreds else []
    if not hundreds:
        return " ".join(words) if language == "ru" else "-".join(words)
    if language == "ru":
        return " ".join([HUNDREDS[hundreds - 1], *words])
    return f"{ONES['en'][hundreds]} hundred" + (f" and {'-'.join(words)}" if words else "")


def _below_hundred(number: int, language: str) -> Sequence[str]:
    if number < 20:
        return [ONES[language][number]]
    tens, ones = divmod(number, 10)
    return [TENS[language][tens - 2], *([ONES[language][ones]] if ones else [])]
