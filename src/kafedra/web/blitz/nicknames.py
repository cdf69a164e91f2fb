"""Names for guests, so that a tap is enough to be in: a word on how one is, and an animal."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Final

from kafedra.course import Language

# Animals belong to no subject. Their Russian names are masculine, so that every pair agrees.
_HOW: Final = (
    ("Тихий", "Quiet"), ("Бодрый", "Brisk"), ("Сонный", "Sleepy"), ("Внезапный", "Sudden"), ("Смелый", "Bold"),
    ("Рыжий", "Ginger"), ("Упрямый", "Stubborn"), ("Весёлый", "Merry"), ("Лёгкий", "Light"), ("Хитрый", "Sly"),
    ("Ночной", "Nightly"), ("Северный", "Northern"), ("Быстрый", "Swift"), ("Задумчивый", "Pensive"),
    ("Полосатый", "Striped"), ("Бархатный", "Velvet"), ("Звонкий", "Ringing"), ("Мудрый", "Wise"), ("Лунный", "Lunar"),
    ("Степной", "Steppe"), ("Учёный", "Learned"), ("Далёкий", "Distant"), ("Пушистый", "Fluffy"),
    ("Загадочный", "Mysterious"),
)  # fmt: skip
_WHO: Final = (
    ("енот", "raccoon"), ("барсук", "badger"), ("ёж", "hedgehog"), ("кит", "whale"), ("лось", "elk"),
    ("бобр", "beaver"), ("филин", "owl"), ("журавль", "crane"), ("осьминог", "octopus"), ("тюлень", "seal"),
    ("хомяк", "hamster"), ("кот", "cat"), ("пингвин", "penguin"), ("краб", "crab"), ("воробей", "sparrow"),
    ("дельфин", "dolphin"), ("лис", "fox"), ("морж", "walrus"), ("жираф", "giraffe"), ("слон", "elephant"),
    ("пеликан", "pelican"), ("суслик", "gopher"), ("ленивец", "sloth"), ("ворон", "raven"),
)  # fmt: skip


def made_up(taken: Collection[str], language: Language) -> str:
    """A name of two words that nobody in `taken` has, as long as there is one."""
    at = 0 if language == "ru" else 1
    names = [f"{how[at]} {who[at]}" for how in _HOW for who in _WHO]
    return secrets.choice([one for one in names if one not in taken] or names)
