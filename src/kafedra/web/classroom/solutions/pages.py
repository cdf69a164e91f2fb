"""The solution of an assignment as a page and as a file, each made once."""

from __future__ import annotations

import logging
from functools import cache

from django.utils.safestring import SafeString, mark_safe

from kafedra.course import Language
from kafedra.notebooks import BuildError, render_solution, solution_notebook
from kafedra.web.classroom import course

log = logging.getLogger(__name__)


@cache
def page(slug: str, language: Language) -> SafeString | None:
    """Safe HTML of the notebook with the answers; None when it can't be built, and then the log says why."""
    try:
        html = render_solution(course.current().assignments[slug], language)
    except BuildError:
        log.exception("the solution of %s can't be built", slug)
        return None
    return mark_safe(html)  # noqa: S308  # rendered from the course's own files, raw HTML shown as text


@cache
def notebook(slug: str) -> bytes | None:
    """The notebook with the answers and pictures in one file; None likewise."""
    try:
        return solution_notebook(course.current().assignments[slug])
    except BuildError:
        log.exception("the solution of %s can't be built", slug)
        return None
