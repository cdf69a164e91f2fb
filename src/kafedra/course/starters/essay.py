"""Work without tests: an essay that a person marks in review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kafedra.course.starters.values import toml
from kafedra.course.text import Language

_DESCRIPTION: Final = """\
slug = "{slug}"
title = {title}
summary = "{summary}"
points = 5
topic = 1

# {by_hand}
by_hand = true
files = ["essay.md"]
extra_files = ["plan.png"]
"""
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "summary": "Две страницы с одним тезисом.",
        "by_hand": "Тестов нет: посылка ждёт ревью, и баллы ставит человек. По чему он судит, лежит в review.md.",
        "task": "Возьмите любое утверждение этого курса, с которым можно спорить, и напишите о нём в `essay.md` две "
        "страницы: тезис, "
        "три примера и возражение, на которое вы отвечаете. Если есть схема, приложите `plan.png`.\n#\n"
        "# | за что | баллы |\n# |---|---|\n# | тезис, с которым можно не согласиться | 2 |\n"
        "# | примеры, которые можно проверить | 2 |\n# | возражение и ответ на него | 1 |",
        "starter": "# Тезис\n\n*Ваш текст здесь*\n",
        "review": """\
# Как смотреть: «{title}»

Тестов у задания нет, всё решает ваш взгляд. Прочитайте целиком, потом снимайте по частям.

| что | снять | почему |
|---|---|---|
| тезиса нет | 2 | с первым абзацем нельзя не согласиться |
| тезис подменён | 1 | в конце доказано не то, что обещано в начале |
| примеров нет | 2 | проверить нечего |
| примеры не проверить | 1 | не сказано, откуда они |
| возражения нет | 1 | или на него не отвечено |

## Комментарии про запас

- `thesis` — тезис хорош: с ним хочется спорить.
""",
    },
    "en": {
        "summary": "Two pages for one thesis.",
        "by_hand": "There are no tests: the work waits for a review, and a person gives points. review.md "
        "says what for.",
        "task": "Take any claim of this course that one may dispute and write two pages on it in `essay.md`: "
        "a thesis, three "
        "examples and an objection that you answer. If there is a drawing, add `plan.png`.\n#\n"
        "# | for | points |\n# |---|---|\n# | a thesis that one may disagree with | 2 |\n"
        "# | examples that can be checked | 2 |\n# | an objection, and its answer | 1 |",
        "starter": "# The thesis\n\n*Your text here*\n",
        "review": """\
# How to look at “{title}”

There are no tests, all depends on your reading. Read the whole, then take points off part by part.

| what | off | why |
|---|---|---|
| no thesis | 2 | nobody could disagree with the first paragraph |
| another thesis | 1 | the end argues for something that the beginning did not promise |
| no examples | 2 | there is nothing to check |
| examples that can't be checked | 1 | nobody says where they come from |
| no objection | 1 | or none that is answered |

## Comments in store

- `thesis` — a good thesis: one wants to argue with it.
""",
    },
}


def essay_files(slug: str, title: str, language: Language) -> dict[str, str]:
    """Every file of the assignment by its path."""
    words = _WORDS[language]
    return {
        "assignment.toml": _DESCRIPTION.format(slug=slug, title=toml(title), **words),
        "notebook.py": f"# %% [markdown]\n# # {title}\n#\n# {words['task']}\n",
        "starter/essay.md": words["starter"],
        "review.md": words["review"].format(title=title),
    }
