"""The statement of an assignment as HTML, rendered once per language and kept beside the outputs of the seminars."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.safestring import SafeString, mark_safe

import kafedra.notebooks
from kafedra.course import Assignment, Language
from kafedra.notebooks import render_statement
from kafedra.web.materials import shelf
from kafedra.web.runs import course
from kafedra.web.runs.made import MadeOnce

_READ: Final = ("notebook.py", "pictures.py")


def _rendered(slug: str, language: Language) -> SafeString:
    assignment = course.current().assignments[slug]
    kept = shelf.store().root / "statements" / f"{_key(assignment, language)}.html"
    try:
        html = kept.read_text("utf-8")
    except OSError:
        html = render_statement(assignment, language)
        with contextlib.suppress(OSError):  # it is only made again
            _keep(kept, html)
    return mark_safe(html)  # noqa: S308  # rendered from the course's own files, raw HTML shown as text


_statements = MadeOnce(_rendered, "the statement")


def statement(slug: str, language: Language) -> SafeString | None:
    """Safe HTML of what the student is asked to do; None when it can't be built now, and then the log says why.

    The first call draws the pictures of the assignment, which takes seconds; `prepare` does it ahead of readers.
    """
    return _statements(slug, language)


def prepare() -> None:
    """Render every statement, so that nobody waits for the first one. For a thread of the server's start."""
    for slug in course.current().assignments:
        for language in ("ru", "en"):
            statement(slug, language)


def _key(assignment: Assignment, language: Language) -> str:
    files = [assignment.root / name for name in _READ]
    texts = [file.read_bytes() for file in files if file.is_file()]
    return hashlib.sha256(b"\0".join([*texts, language.encode(), _renderer()])).hexdigest()[:32]


@cache
def _renderer() -> bytes:
    """What renders it: another version of it renders anew."""
    sources = sorted(Path(kafedra.notebooks.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).digest()


def _keep(place: Path, html: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=place.parent, suffix=".tmp", delete=False, encoding="utf-8") as file:
        file.write(html)
    Path(file.name).replace(place)
