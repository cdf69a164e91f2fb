"""What the package has to say to a student about their notebook, in Russian and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kafedra.notebooks.message_texts import TEXTS
from kafedra.notebooks.places import Place

if TYPE_CHECKING:
    from kafedra.course import Language


@dataclass(frozen=True)
class Note:
    """A remark about a submission: ``code``, ``params`` and ``where`` are data, :meth:`message` is for people."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    where: Place | None = None

    def message(self, language: Language = "ru") -> str:
        """One line in ``language``."""
        in_file = f"{self.code}-of-file"
        code = in_file if self.where is not None and self.where.file and in_file in TEXTS else self.code
        return TEXTS[code][language].format(**self.params, **self._place(language))

    def _place(self, language: Language) -> dict[str, str]:
        if self.where is None:
            return {}
        place, cell = self.where.words(language), self.where.cell_words(language)
        return {"place": place, "Place": place if self.where.file else place.capitalize(), "Cell": cell.capitalize()}


class UnusableSubmission(Exception):
    """The file cannot be graded at all; the student has to hand in another one.

    ``code`` is stable and ``params`` are plain, so that a report can store both; :meth:`message` says
    in the given language what is wrong and what to do.
    """

    def __init__(self, code: str, params: Mapping[str, str | int]) -> None:
        self.note = Note(code, params)
        super().__init__(self.note.message("en"))

    def __reduce__(self) -> tuple[type[UnusableSubmission], tuple[str, dict[str, str | int]]]:
        """As data, on its way from the process that read the file."""
        return type(self), (self.code, dict(self.params))

    @property
    def code(self) -> str:
        return self.note.code

    @property
    def params(self) -> Mapping[str, str | int]:
        return self.note.params

    def message(self, language: Language = "ru") -> str:
        """One line in ``language``: what is wrong and what to do."""
        return self.note.message(language)
