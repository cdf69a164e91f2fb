"""One word for one thing in all homework and all topics: the terms, and what stands in their place elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.course_content.reports import HOMEWORK

COURSE = HOMEWORK.parent
INSTEAD = {
    "батч": r"пачк\w*|бэтч\w*",
    "разогрев": r"разгон[аеуы]?|прогрев\w*",
    "инициализация Хе": r"кайминг\w*|инициализаци\w+ He",
    "инициализация Ксавье": r"(?<!Ксавье )Глоро(?!,? (?:и )?(?:Бендж|Борд))",
    "правило цепочки": r"цепн\w+ правил\w+",
    "цикл обучения": r"тренировочн\w+ цикл\w*",
    "обходной путь": r"остаточн\w+ связ\w+",
    "функция потерь, потери": r"лосс\w*|функци\w+ ошибки",
    "оптимизатор": r"оптимайзер\w*",
    "на месте": r"инплейс\w*",
    "пример, выборка": r"сэмпл\w*|семпл\w*",
    "реализация": r"имплементац\w*",
    "вход, выход": r"инпут\w*|аутпут\w*",
    "искажения": r"аугментац\w*",
    "поля (padding)": r"дополнени\w+ (?:\$p\$|нулями)",
}
#: What chapters 1–4 write, and the same thing in other letters. The chapters of cv and nlp are to come.
LETTERS = {
    "B is a batch": r"\(N, C, H, W\)|N · H · W|N·H·W|x_\{nchw\}",
    "F is what a shortcut goes around": r"x \+ f\(x\)|I \+ f'",
    "s is the root, not one over it": r"s = 1/\\sqrt",
}
ASSIGNMENTS = ("activations", "backprop", "batchnorm", "dropout", "optimization", "pytorch-basics", "weight-init")


def _texts() -> Iterator[tuple[str, str]]:
    for folder in ("homework", "topics"):
        for path in sorted((COURSE / folder).rglob("*")):
            if path.suffix in {".py", ".md", ".toml"}:
                yield path.relative_to(COURSE).as_posix(), path.read_text("utf-8")


@pytest.mark.parametrize("term", INSTEAD)
def test_a_thing_has_one_name(term: str) -> None:
    other = re.compile(rf"\b({INSTEAD[term]})\b", re.IGNORECASE)
    found = [f"{name}: {match[0]} — {term}" for name, text in _texts() for match in other.finditer(text)]
    assert found == []


@pytest.mark.parametrize("meaning", LETTERS)
def test_a_letter_means_the_same_in_chapters_and_assignments(meaning: str) -> None:
    places = ("topics/", *(f"homework/{one}/" for one in ASSIGNMENTS))
    found = [
        f"{name}: {match[0]}"
        for name, text in _texts()
        if name.startswith(places)
        for match in re.finditer(LETTERS[meaning], text)
    ]
    assert found == []


def test_prose_of_a_statement_has_decimal_commas() -> None:
    """Code, formulas in code and addresses have points; what is said in Russian has commas."""
    found = []
    for path in sorted(HOMEWORK.glob("*/notebook.py")):
        for cell in re.split(r"^# %%", path.read_text("utf-8"), flags=re.MULTILINE):
            if "[markdown]" in cell.partition("\n")[0]:
                prose = re.sub(r"`[^`]*`|\(http[^)]*\)|https?:\S+|<!--.*?-->", "", cell, flags=re.DOTALL)
                found += [f"{path.parent.name}: {one}" for one in re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", prose)]
    assert found == []
