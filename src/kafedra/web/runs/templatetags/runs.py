"""The titles of runs and assignments on pages."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from kafedra.web.frame.templatetags.kafedra import local
from kafedra.web.runs import course

register = template.Library()


@register.filter
def run_title(slug: str) -> str:
    """The title of a run; the slug of one that the course has no longer."""
    facts = course.current().runs.get(slug)
    return local(facts.title) if facts else slug


@register.filter
def work_title(slug: str) -> str:
    """The title of an assignment in the reader's language; the slug itself for one that the course has no more."""
    known = course.current().assignments.get(slug)
    return local(known.title) if known else slug


register.filter(course.is_notebook)


@register.filter
def has_tests(slug: str) -> bool:
    """Whether tests give the points; otherwise a person does."""
    known = course.current().assignments.get(slug)
    return known is None or not known.by_hand


@register.filter
def part(slug: str, number: int) -> str:
    """What the cell of the number is called in work of this assignment."""
    words = _("Cell {n}") if course.is_notebook(slug) else _("Part {n}")
    return words.format(n=number)
