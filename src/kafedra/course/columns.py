"""What the columns of a table are called that is read by its headings: by other systems, which put columns of one
title into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from kafedra.course.text import Language
from kafedra.course.values import Course, Run


def distinct(titles: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """By name what each is called: its title, and the name behind it where it isn't alone or the title is `taken`."""
    seen = Counter(map(_as_read, (*titles.values(), *taken)))
    return {name: title if seen[_as_read(title)] == 1 else f"{title} [{name}]" for name, title in titles.items()}


def shared_titles(course: Course) -> Iterator[tuple[Run, str, tuple[str, ...]]]:
    """Each title that several assignments or marks of a run have, with their names."""
    for run in course.runs.values():
        named = {work.slug: work.title for work in run.works} | dict(run.mark_titles)
        told = set[tuple[str, ...]]()
        for language in get_args(Language):
            titles = {name: title.in_(language) for name, title in named.items()}
            for title in titles.values():
                names = tuple(name for name, other in titles.items() if _as_read(other) == _as_read(title))
                if len(names) > 1 and names not in told:
                    told.add(names)
                    yield run, title, names


def _as_read(title: str) -> str:
    return " ".join(title.split()).casefold()
