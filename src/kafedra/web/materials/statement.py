"""The statement of an assignment as HTML, rendered once per language."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from kafedra.course import Language
from kafedra.notebooks import render_statement
from kafedra.web.runs import course
from kafedra.web.runs.made import MadeOnce


def _rendered(slug: str, language: Language) -> SafeString:
    html = render_statement(course.current().assignments[slug], language)
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
