"""`reading.toml`, of the course and of each topic: what to read or watch, and what for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kafedra.course.fields import FileModel, Many, Minutes, WebAddress, Words, Year
from kafedra.course.text import Language, Localized


class ReadingEntry(FileModel):
    """`[[entries]]`. Title and authors in their own language, so that a dead link can be found again."""

    title: Words = Field(description="its title")
    authors: Words = Field(description="who wrote it")
    year: Year | None = None
    address: WebAddress = Field(description="where it is, an address on the web")
    kind: Literal["book", "chapter", "paper", "notes", "video", "code", "course", "page"] = "page"
    language: Language = Field(description="'ru' or 'en'")
    purpose: Localized = Field(description="what it is for: what it explains better than we do, and to whom")
    minutes: Minutes = Field(description="how long it takes")
    foundation: bool = False


class ReadingFile(FileModel):
    """The keys of `reading.toml`. In the course's own, an entry with `foundation` is what the course stands on."""

    entries: Many[ReadingEntry] = Field(min_length=1, description="an [[entries]] table for each")
