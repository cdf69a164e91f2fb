"""Words by what they are forms of: «градиентами» and «градиент» are one. Both languages, without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

WORD: Final = re.compile(r"[a-zа-яё0-9]+(?:[-'_][a-zа-яё0-9]+)*", re.IGNORECASE)
_RUSSIAN: Final = re.compile(r"[а-я]")
# Verbs and the nouns of what they do, which no morphology brings together; words of the field with two spellings.
_RELATED: Final = (
    ("обучение", "обучать", "обучить", "обучаться", "обучиться"), ("дообучение", "дообучать", "дообучить"),
    ("переобучение", "переобучиться", "переобучаться"), ("предсказание", "предсказать", "предсказывать"),
    ("инициализация", "инициализировать"), ("вычисление", "вычислить", "вычислять"),
    ("проверка", "проверить", "проверять"),
    ("оптимизация", "оптимизировать", "оптимизатор"), ("нормализация", "нормализовать", "нормировать", "нормировка"),
    ("распространение", "распространять", "распространить"), ("свёртка", "свёрточный", "сворачивать", "свернуть"),
    ("батч", "batch"), ("дропаут", "dropout"), ("эмбеддинг", "embedding"), ("внимание", "attention"),
    ("градиент", "gradient", "градиентный"), ("сигмоида", "sigmoid"), ("энтропия", "entropy"), ("слой", "layer"),
    ("активация", "activation"), ("генерация", "генерировать", "сгенерировать", "генеративный"),
    ("классификация", "классифицировать", "классификатор"), ("регуляризация", "регуляризовать"),
    ("перевод", "перевести", "переводить"), ("сравнение", "сравнить", "сравнивать"),
    ("обновление", "обновить", "обновлять"),
    ("накопление", "накопить", "накапливать", "копить"), ("обнуление", "обнулить", "обнулять"), ("шаг", "step"),
    ("ошибка", "ошибаться", "ошибиться"), ("производная", "дифференцировать", "дифференцирование"), ("граф", "graph"),
    ("затухание", "затухать", "затухнуть", "затухающий"), ("взрыв", "взрываться", "взорваться", "взрывающийся"),
)  # fmt: skip


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of the text as it is looked for (small, е for ё), and where it stands."""
    for found in WORD.finditer(text):
        yield plain(found[0]), found.start(), found.end()


def plain(word: str) -> str:
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=200_000)
def lemmas(word: str) -> frozenset[str]:
    """What a word may be a form of: every parse of it, since «стекла» is of «стекло» and of «стечь»."""
    word = plain(word)
    if not _RUSSIAN.search(word):
        found = {word, _stemmer("english").stemWord(word)}
    else:
        parses = _morphology().parse(word)
        found = {plain(parse.normal_form) for parse in parses if parse.is_known}
        if not found:  # what the dictionary lacks is guessed twice
            found = {_stemmer("russian").stemWord(word), *(plain(parse.normal_form) for parse in parses[:1])}
        found |= {one.removesuffix("ся") for one in found if one.endswith("ться")}
    related = {lemma for one in found for lemma in _groups().get(one, ())}
    return frozenset(found | related)


@cache
def _groups() -> dict[str, frozenset[str]]:
    groups = dict[str, set[str]]()
    for group in _RELATED:
        names = {plain(word) for word in group}
        for word in names:
            groups.setdefault(word, set()).update(names)
    return {word: frozenset(group) for word, group in groups.items()}


@cache
def _morphology() -> Any:
    import pymorphy3  # type: ignore[import-untyped]  # ships no types

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # type: ignore[import-untyped]  # ships no types

    return snowballstemmer.stemmer(language)
