"""The solution of an assignment as a page and as a file, each made once."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from kafedra.course import Language
from kafedra.notebooks import render_solution, solution_notebook
from kafedra.web.runs import course
from kafedra.web.runs.made import MadeOnce


def _rendered(slug: str, language: Language) -> SafeString:
    html = render_solution(course.current().assignments[slug], language)
    return mark_safe(html)  # noqa: S308  # rendered from the course's own files, raw HTML shown as text


def _packed(slug: str) -> bytes:
    return solution_notebook(course.current().assignments[slug])


_pages, _notebooks = MadeOnce(_rendered, "the solution"), MadeOnce(_packed, "the notebook of the solution")


def page(slug: str, language: Language) -> SafeString | None:
    """Safe HTML of the notebook with the answers; None when it can't be built now, and then the log says why."""
    return _pages(slug, language)


def notebook(slug: str) -> bytes | None:
    """The notebook with the answers and pictures in one file; None likewise."""
    return _notebooks(slug)
