"""Where things are on the site: what the course's Markdown names, as addresses of one run."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.urls import NoReverseMatch, reverse

from kafedra.materials import Addresses, Variant
from kafedra.web.runs import course

_PICTURE: Final = re.compile(r"pictures/(\w+)\.svg")
_CHAPTER: Final = re.compile(r"\.\./(\d{2})-[a-z0-9-]+/(?:lecture\.md|seminar\.py)?(#[\w-]+)?")
_HOMEWORK: Final = re.compile(r"\.\./\.\./homework/([a-z0-9-]+)/notebook\.py")
_SEMINAR: Final = re.compile(r"(?:lecture\.md|seminar\.py)(#[\w-]+)?")


def topic_page(run: str, number: int, part: str = "topic") -> str:
    """The page of a topic of the run, or one of its parts: `lecture`, `seminar`, `solved`."""
    return reverse(f"materials:{part}", args=[run, course.current().topic(number).slug])


def addresses(run: str, number: int) -> Addresses:
    """What texts of this topic name, as addresses in this run."""
    return Addresses(picture=lambda named: _picture(run, number, named), link=lambda named: _link(run, number, named))


def output_at(run: str, number: int, variant: Variant) -> Callable[[str], str]:
    """Where a picture in the outputs of a notebook is, by its digest."""
    slug = course.current().topic(number).slug

    def place(digest: str) -> str:
        try:
            return reverse("materials:output", args=[run, slug, variant, digest])
        except NoReverseMatch:  # a picture beside the notebook: seminars have none
            return ""

    return place


def _picture(run: str, number: int, named: str) -> tuple[str, str] | None:
    found = _PICTURE.fullmatch(named)
    if found is None:
        return None
    slug = course.current().topic(number).slug
    light, dark = (reverse("materials:picture", args=[run, slug, found[1], theme]) for theme in ("light", "dark"))
    return light, dark


def _link(run: str, number: int, named: str) -> str | None:
    if own := _SEMINAR.fullmatch(named):
        part = "lecture" if named.startswith("lecture") else "seminar"
        return topic_page(run, number, part) + (own[1] or "")
    if other := _CHAPTER.fullmatch(named):
        part = "seminar" if "seminar.py" in named else "lecture" if "lecture.md" in named else "topic"
        try:
            return topic_page(run, int(other[1]), part) + (other[2] or "")
        except KeyError:
            return None
    if homework := _HOMEWORK.fullmatch(named):  # its place in the list: whether it is given out depends on the day
        return f"{reverse('materials:homework', args=[run])}#{homework[1]}"
    return None
