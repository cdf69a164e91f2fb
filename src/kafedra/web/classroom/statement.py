"""The statement of an assignment as HTML, rendered once per language."""

from __future__ import annotations

import logging
from functools import cache

from django.utils.safestring import SafeString, mark_safe

from kafedra.course import Language
from kafedra.notebooks import BuildError, render_statement
from kafedra.web.classroom import course

log = logging.getLogger(__name__)


@cache
def statement(slug: str, language: Language) -> SafeString | None:
    """Safe HTML of what the student is asked to do; None when it can't be built, and then the log says why.

    The first call draws the pictures of the assignment, which takes seconds; `prepare` does it ahead of readers.
    """
    try:
        html = render_statement(course.current().assignments[slug], language)
    except BuildError:
        log.exception("the statement of %s can't be built", slug)
        return None
    return mark_safe(html)  # noqa: S308  # rendered from the course's own files, raw HTML shown as text


def prepare() -> None:
    """Render every statement, so that nobody waits for the first one. For a thread of the server's start."""
    for slug in course.current().assignments:
        for language in ("ru", "en"):
            statement(slug, language)
