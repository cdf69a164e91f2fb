"""A new topic with everything in place: it passes its own proof, and every text says what belongs there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kafedra.course import Course, CourseError
from kafedra.course.problems import Problem

_TOPIC: Final = """\
# {title}. Every key is described in docs/use/course-format.md.

summary = {{ ru = "Вопрос, на который отвечает тема?", en = "The question that the topic answers?" }}
goals = [
  {{ ru = "что читатель сможет сделать", en = "what the reader will be able to do" }},
]

[[prerequisites]]
text = {{ ru = "Что нужно знать заранее", en = "What one should know before" }}
address = "https://example.org"

[[misconceptions]]
slug = "first"
text = {{ ru = "Неверная мысль словами того, кто так думает", en = "A wrong thought, in the words of whoever has it" }}

[[figures]]
name = "answer"
text = {{ ru = "Что говорит это число", en = "What this number says" }}
low = 41
high = 43

[seminar]
seconds = 60
minutes = 80
seeds = 5
"""
_LECTURE: Final = """\
# {title}

Начните с вопроса или трудности, а не с определения.

## Пример, который можно пересчитать руками

$$y = 6 \\cdot 7 = {{{{ answer:d }}}}$$

![Что видно на рисунке](pictures/line.svg "Подпись: что из этого следует")

::: misconception Неверная мысль
Почему она неверна: контрпример.
:::

## Проверьте себя

::: answer Сколько будет шестью семь?
Сорок два.
:::
"""
_PICTURES: Final = '''\
"""Рисунки главы. Каждая функция — один рисунок; цвета — из цикла: "C0", "C1" …"""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def line() -> Figure:
    figure, axes = plt.subplots()
    axes.plot([0, 7], [0, 42], color="C0")
    axes.set_xlabel("x")
    return figure
'''
_SEMINAR: Final = """\
# %% [markdown]
# # {title}
#
# Работа над ошибками, повторение, новое маленькими шагами.

# %% tags=["seed"]
SEED = 0

# %% [markdown]
# ## Шаг первый
#
# Что сделать и что должно получиться.


# %% tags=["solution"]
def times(a, b):
    # BEGIN SOLUTION
    return a * b
    # END SOLUTION


# %% tags=["check"]
try:
    product = times(6, 7)
except NotImplementedError:
    product = None
assert product == 42, f"times(6, 7) должно быть 42, а получилось {{product}}: умножает ли функция?"

# %%
answer = times(6, 7)
"""
_BLITZ: Final = """\
[[questions]]
slug = "six-by-seven"
kind = "single"
text = { ru = "Сколько будет шестью семь?", en = "What is six by seven?" }
explanation = { ru = "$6 \\\\cdot 7 = 42$.", en = "$6 \\\\cdot 7 = 42$." }

[[questions.options]]
text = "42"
correct = true
explanation = { ru = "Да.", en = "Yes." }

[[questions.options]]
text = "13"
explanation = { ru = "Это сумма.", en = "That is the sum." }
misconception = "first"
"""
_EXAM: Final = """\
[[theory]]
slug = "SLUG-first"
idea = "что выясняет вопрос"
difficulty = 1
question = "О чём спрашиваем?"
answer = "Образцовый ответ."
marks = [{ points = 1, note = "что должно быть в ответе" }]

[[practice]]
slug = "SLUG-problem"
idea = "что выясняет задача"
difficulty = 2
statement = "Что сделать?"
solution = "Как это делается."
marks = [{ points = 1, note = "первая часть" }, { points = 1, note = "вторая часть" }]
"""
_READING: Final = """\
[[entries]]
title = "Название"
authors = "Авторы"
year = 2020
address = "https://example.org"
kind = "notes"
language = "en"
purpose = { ru = "Зачем читать", en = "What it is for" }
minutes = 30
"""
_HARDER: Final = """\
[[problems]]
slug = "first"
title = { ru = "Название", en = "Title" }
statement = "Что сделать?"
hint = "С чего начать."
solution = "Набросок решения, для преподавателей."
"""


def start_topic(course: Course, slug: str) -> Path:
    """The folder of a new topic of the course's plan. Raises CourseError if there is no such topic, or one is there."""
    topic = next((one for one in course.topics if one.slug == slug), None)
    if topic is None:
        known = ", ".join(one.slug for one in course.topics)
        message = f"is no topic of the plan. There are: {known}. Write a [[topics]] table first"
        raise CourseError([Problem(Path("course.toml"), None, "topics", slug, message)])
    folder = course.root / "topics" / f"{topic.number:02d}-{slug}"
    if folder.exists():
        raise CourseError([Problem(folder.relative_to(course.root), None, "", None, "is there already")])
    folder.mkdir(parents=True)
    title = topic.title.ru
    for name, text in {
        "topic.toml": _TOPIC.format(title=title),
        "lecture.md": _LECTURE.format(title=title),
        "pictures.py": _PICTURES,
        "seminar.py": _SEMINAR.format(title=title),
        "blitz.toml": _BLITZ,
        "exam.toml": _EXAM.replace("SLUG", slug),
        "reading.toml": _READING,
        "harder.toml": _HARDER,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
