"""Names for guests, so that a tap is enough to be in: a word on how one is, and one of the course's own words."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Final

from kafedra.course import Language

# Russian nouns are masculine, so that every pair agrees.
_HOW: Final = (
    ("Тихий", "Quiet"), ("Бодрый", "Brisk"), ("Сонный", "Sleepy"), ("Гладкий", "Smooth"), ("Внезапный", "Sudden"),
    ("Глубокий", "Deep"), ("Скрытый", "Hidden"), ("Случайный", "Random"), ("Острый", "Sharp"), ("Смелый", "Bold"),
    ("Далёкий", "Distant"), ("Рыжий", "Ginger"), ("Упрямый", "Stubborn"), ("Весёлый", "Merry"), ("Лёгкий", "Light"),
    ("Хитрый", "Sly"), ("Ночной", "Nightly"), ("Северный", "Northern"), ("Медный", "Copper"), ("Быстрый", "Swift"),
    ("Задумчивый", "Pensive"), ("Полосатый", "Striped"), ("Бархатный", "Velvet"), ("Звонкий", "Ringing"),
)  # fmt: skip
_WHO: Final = (
    ("градиент", "gradient"), ("тензор", "tensor"), ("нейрон", "neuron"), ("дропаут", "dropout"), ("батч", "batch"),
    ("минимум", "minimum"), ("максимум", "maximum"), ("вектор", "vector"), ("слой", "layer"), ("фильтр", "filter"),
    ("оптимизатор", "optimiser"), ("момент", "momentum"), ("эмбеддинг", "embedding"), ("токен", "token"),
    ("перцептрон", "perceptron"), ("трансформер", "transformer"), ("кодировщик", "encoder"), ("пиксель", "pixel"),
    ("якобиан", "Jacobian"), ("шум", "noise"), ("разогрев", "warm-up"), ("антиградиент", "antigradient"),
    ("автокодировщик", "autoencoder"), ("тест", "test"),
)  # fmt: skip


def made_up(taken: Collection[str], language: Language) -> str:
    """A name of two words that nobody in `taken` has, as long as there is one."""
    at = 0 if language == "ru" else 1
    names = [f"{how[at]} {who[at]}" for how in _HOW for who in _WHO]
    return secrets.choice([one for one in names if one not in taken] or names)
