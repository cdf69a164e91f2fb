"""Which pages a paper has: the first one, one for each question, spare ones; and then sheets that were asked for."""

from __future__ import annotations

from kafedra.exam.sheets import SPARE_PAGES
from kafedra.web.exams.models import Exam

FIRST = 1


def known_pages(exam: Exam) -> range:
    """The numbers of the printed pages."""
    return range(FIRST, FIRST + 1 + len(exam.asked) + SPARE_PAGES)


def page_of(place: int) -> int:
    """The page on which the question in this place, from 0, is answered."""
    return place + FIRST + 1


def is_further(exam: Exam, page: int) -> bool:
    """Whether answers to any question may go on there: a spare page, or a further sheet."""
    return page > len(exam.asked) + FIRST
