"""A new course, and a new assignment in a course: both in order, and the assignment proven, from the first minute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from kafedra.course.problems import CourseError, Problem
from kafedra.course.starters.assignment import shaped_files
from kafedra.course.starters.course import course_files
from kafedra.course.starters.values import Flavour, Shape
from kafedra.course.text import Language

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIRST: Final = "standardize"
_FIRST_TITLE: Final[Mapping[Language, str]] = {"ru": "Среднее ноль, разброс единица", "en": "Mean zero, spread one"}


def words_of(name: str) -> str:
    """What people call something whose folder has this name, until its author says otherwise."""
    words = re.sub(r"[-_\s]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def start_course(
    folder: Path, *, title: str, language: Language, timezone: str, today: date, kind: Flavour
) -> list[Path]:
    """A course with one topic, one run and one assignment in ``folder``, which is new or empty; what was written.

    The course's slug is the folder's name. Raises CourseError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError([Problem(folder, None, "", None, "is not empty: name a new folder")])
    slug = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "course"
    texts = {
        **course_files(slug, title, language, timezone, day=today, assignment=FIRST),
        **_assignment(FIRST, _FIRST_TITLE[language], kind, language),
    }
    return _written(folder, texts)


def start_assignment(course: Path, slug: str, *, title: str, language: Language, kind: Flavour | Shape) -> list[Path]:
    """The folder ``homework/<slug>`` of a course with everything in place; what was written. Raises CourseError."""
    if not _SLUG.fullmatch(slug):
        message = "is no name for an assignment: lower-case Latin letters, digits, single hyphens, such as weight-init"
        raise CourseError([Problem(Path("homework"), None, "", slug, message)])
    folder = course / "homework" / slug
    if folder.exists():
        raise CourseError([Problem(folder.relative_to(course), None, "", None, "is there already")])
    return _written(course, _assignment(slug, title, kind, language))


def _assignment(slug: str, title: str, kind: Flavour | Shape, language: Language) -> dict[str, str]:
    return {f"homework/{slug}/{name}": text for name, text in shaped_files(slug, title, kind, language).items()}


def _written(root: Path, texts: Mapping[str, str]) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
