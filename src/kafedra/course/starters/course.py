"""A course of one topic and one run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from kafedra.course.starters.values import toml
from kafedra.course.text import Language

_COURSE: Final = """\
# {stays}
# {described}

slug = "{slug}"
title = {title}
language = "{language}"
timezone = "{timezone}"

# {late}
[late]
percent_per_day = 10
max_percent = 30

# {grade}
[formula]
total = "0.7 * O_hw + 0.3 * exam"

[formula.marks.exam]

[formula.automat]
when = "O_hw >= 1"
total = "10 / most(homework) * O_hw"

[[topics]]
number = 1
slug = "first-topic"
title = "{topic}"
"""
_RUN: Final = """\
slug = "{run}"
title = "{run}"

[[plan]]
topic = 1
date = {day}

[[homework]]
number = 1
title = "{homework}"
issued = {day}

[[homework.assignments]]
slug = "{assignment}"
points = 1
"""
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "stays": "Что не меняется из года в год. Даты, домашние задания и баллы — в runs/.",
        "described": "Все ключи описаны в docs/use/course-format.md; файлы проверяет kafedra course check.",
        "late": "Каждый начатый день опоздания стоит 10 %, но не больше 30 % за всё.",
        "grade": "Оценка: 0,7 · домашние + 0,3 · экзамен. С такой суммой за домашние экзамен можно не сдавать.",
        "topic": "Первая тема",
        "homework": "Первое домашнее задание",
    },
    "en": {
        "stays": "What stays from year to year. Dates, homework and points are in runs/.",
        "described": "Every key is described in docs/use/course-format.md; kafedra course check checks the files.",
        "late": "Each day begun after the deadline costs 10 %, and never more than 30 % in all.",
        "grade": "The grade: 0.7 · homework + 0.3 · exam. With this much homework the exam may be left out.",
        "topic": "The first topic",
        "homework": "The first homework",
    },
}


def course_files(
    slug: str, title: str, language: Language, timezone: str, *, day: date, assignment: str
) -> dict[str, str]:
    """`course.toml` and a run of this year that begins on `day` with one `assignment`."""
    words, run = _WORDS[language], str(day.year)
    course = _COURSE.format(slug=slug, title=toml(title), language=language, timezone=timezone, **words)
    first = _RUN.format(run=run, day=day.isoformat(), homework=words["homework"], assignment=assignment)
    return {"course.toml": course, f"runs/{run}.toml": first}
