"""What the package has to say to a student about their notebook, in Russian and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kafedra.course import Language

_TEXTS: Final[Mapping[str, Mapping[Language, str]]] = {
    # the whole submission cannot be used
    "unknown-kind": {
        "ru": "«{name}»: нужен ноутбук (.ipynb) или файл на Python (.py)",
        "en": "“{name}”: a notebook (.ipynb) or a Python file (.py) is needed",
    },
    "too-large": {
        "ru": "«{name}»: файл больше {limit} МБ. Очистите вывод ячеек (Restart & Clear Output) и сохраните ещё раз",
        "en": "“{name}” is larger than {limit} MB. Clear the outputs (Restart & Clear Output) and save again",
    },
    "too-much-code": {
        "ru": "«{name}»: слишком много кода: {cells} ячеек, {size} КБ (можно {max_cells} и {max_size})",
        "en": "“{name}” holds too much code: {cells} cells, {size} KB (at most {max_cells} and {max_size})",
    },
    "too-complex": {
        "ru": "«{name}»: файл устроен слишком сложно, таких ноутбуков Jupyter не пишет",
        "en": "“{name}” is nested too deeply; Jupyter does not write such notebooks",
    },
    "not-text": {
        "ru": "«{name}» — не текст в кодировке UTF-8. Сохраните файл из Jupyter ещё раз",
        "en": "“{name}” is not UTF-8 text. Save it from Jupyter once more",
    },
    "not-json": {
        "ru": "«{name}» не читается как ноутбук: это не JSON, ошибка в строке {line}. Файл мог сохраниться не целиком",
        "en": "“{name}” cannot be read as a notebook: not JSON, line {line}. It may have been saved only in part",
    },
    "conflict": {
        "ru": "«{name}»: в файле остались метки слияния git (<<<<<<<). Выберите одну из версий и закоммитьте снова",
        "en": "“{name}” still has git merge markers (<<<<<<<). Choose one version and commit again",
    },
    "lfs": {
        "ru": "«{name}» — указатель git LFS, а не сам ноутбук. Добавьте файл без LFS",
        "en": "“{name}” is a git LFS pointer, not the notebook. Add the file without LFS",
    },
    "empty": {
        "ru": "«{name}»: в файле нет ни одной ячейки с кодом",
        "en": "“{name}” has no code cell",
    },
    "not-notebook": {
        "ru": "«{name}» — JSON, но не ноутбук: в нём нет списка ячеек",
        "en": "“{name}” is JSON, but not a notebook: it has no list of cells",
    },
    # a part of it was left out
    "cell-syntax": {
        "ru": "Ячейка {cell} пропущена: синтаксическая ошибка в строке {line}: {reason}",
        "en": "Cell {cell} was skipped: syntax error on line {line}: {reason}",
    },
    "cell-unreadable": {
        "ru": "Ячейка {cell} пропущена: разобрать её не удалось ({reason})",
        "en": "Cell {cell} was skipped: it could not be parsed ({reason})",
    },
    "cell-large": {
        "ru": "Ячейка {cell} пропущена: она слишком велика, чтобы быть решением",
        "en": "Cell {cell} was skipped: it is too large to be a solution",
    },
    "cell-magic": {
        "ru": "Ячейка {cell} пропущена: {magic} — не Python",
        "en": "Cell {cell} was skipped: {magic} is not Python",
    },
    "statement-unusable": {
        "ru": "Ячейка {cell}, строка {line}: пропущено «{text}»: {reason}",
        "en": "Cell {cell}, line {line}: “{text}” was skipped: {reason}",
    },
    "loop-only": {
        "ru": "{name}: значение задаёт только цикл вне функций (ячейка {cell}), а при проверке они не выполняются",
        "en": "{name} is set only by a top-level loop (cell {cell}), and such loops are not run when grading",
    },
    "similar-name": {
        "ru": "{name} в ноутбуке не определено, но есть {similar} — не опечатка ли?",
        "en": "{name} is not defined in the notebook, but {similar} is: a typo?",
    },
}


@dataclass(frozen=True)
class Note:
    """A remark about a submission: ``code`` and ``params`` are data, :meth:`message` is for people."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def message(self, language: Language = "ru") -> str:
        """One line in ``language``."""
        return _TEXTS[self.code][language].format(**self.params)


class UnusableSubmission(Exception):
    """The file cannot be graded at all; the student has to hand in another one.

    ``code`` is stable and ``params`` are plain, so that a report can store both; :meth:`message` says
    in the given language what is wrong and what to do.
    """

    def __init__(self, code: str, params: Mapping[str, str | int]) -> None:
        self.note = Note(code, params)
        super().__init__(self.note.message("en"))

    @property
    def code(self) -> str:
        return self.note.code

    @property
    def params(self) -> Mapping[str, str | int]:
        return self.note.params

    def message(self, language: Language = "ru") -> str:
        """One line in ``language``: what is wrong and what to do."""
        return self.note.message(language)
