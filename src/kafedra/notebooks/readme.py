"""README.md of a student's clone: what to do, in the order of doing it, in the language of the course."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kafedra.course import Assignment, Language

_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_REQUIREMENT: Final = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<rest>[^;]*);.*extra\s*==\s*['\"]course['\"]")

_TEXTS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "points": "**Баллы:** {points}.",
        "deadline": "**Срок:** {date}. Можно и позже: за каждый начатый день снимается часть баллов.",
        "install": "## Один раз: установить\n\nНужен Python 3.11 или новее.\n\n```bash\npip install {packages}\n```",
        "light": "\n\nЕсли {names} у вас уже есть, хватит лёгкой установки: `pip install {package}`.",
        "and": " и ",
        "open": "1. Откройте `{notebook}` в Jupyter или VS Code и идите сверху вниз. Писать нужно там, где стоит\n"
        "   «Ваш код здесь»{checks}.",
        "checks": "; после каждой задачи есть ячейка, которая её проверит и подскажет, где искать ошибку",
        "work": "## Решать\n\n{open}\n2. Сохраните ноутбук и запустите открытые тесты:\n\n"
        "   ```bash\n   kafedra check\n   ```",
        "hidden": "\n\n   Часть тестов скрыта, её запускает только сервер. Всё, что она проверяет, сказано в условии.",
        "hand_in": '## Сдать\n\n```bash\ngit add -A\ngit commit -m "Решение"\ngit push\n```\n\n'
        "Результат придёт прямо в терминал. Отправлять можно сколько угодно раз: считается лучшая посылка.",
        "page": " Все посылки и ваши баллы — на <{url}>.",
        "files": """## Что где лежит

| файл | зачем |
|---|---|
| `{notebook}` | условие и ваше решение: единственный файл, который нужно менять |
| `tests/` | открытые тесты; читайте их, это часть условия |
| `probes.py` | как проверка вызывает ваш код |
| `assignment.toml` | что нужно определить, что запрещено, сколько времени есть у решения |

Тесты и пробы в репозитории — для вас. Проверка на сервере берёт свои собственные, поэтому правки в них ничего не
изменят. Если условие непонятно или кажется, что ошибся тест, спросите в чате: не бывает глупых вопросов.""",
    },
    "en": {
        "points": "**Points:** {points}.",
        "deadline": "**Deadline:** {date}. Later is possible: each day begun takes a part of the points.",
        "install": "## Once: install\n\nPython 3.11 or newer is needed.\n\n```bash\npip install {packages}\n```",
        "light": "\n\nIf you have {names} already, the light installation will do: `pip install {package}`.",
        "and": " and ",
        "open": "1. Open `{notebook}` in Jupyter or VS Code and go from top to bottom. You write where it says\n"
        "   “Your code here”{checks}.",
        "checks": "; after each task a cell checks it and says where to look for a mistake",
        "work": "## Solve\n\n{open}\n2. Save the notebook and run the public tests:\n\n"
        "   ```bash\n   kafedra check\n   ```",
        "hidden": "\n\n   Some tests are hidden, only the server runs them. The statement says all that they check.",
        "hand_in": '## Hand in\n\n```bash\ngit add -A\ngit commit -m "Solution"\ngit push\n```\n\n'
        "The verdict comes into your terminal. Push as often as you like: the best submission counts.",
        "page": " All your submissions and points are on <{url}>.",
        "files": """## What lies where

| file | what for |
|---|---|
| `{notebook}` | the statement and your solution: the only file to change |
| `tests/` | the public tests; read them, they are a part of the statement |
| `probes.py` | how the judge calls your code |
| `assignment.toml` | what to define, what is forbidden, how much time a solution has |

The tests and probes in the repository are for you. The server takes its own, so changing them changes nothing. If
the statement is unclear or a test seems wrong, ask: there are no silly questions.""",
    },
}


@dataclass(frozen=True)
class ReadmeContext:
    """What only the server knows. ``deadline`` is shown in its own time zone; without a server it is all left out."""

    server_url: str | None = None
    wheel_url: str | None = None
    deadline: datetime | None = None


def readme(assignment: Assignment, context: ReadmeContext, *, hidden: bool, self_checks: bool = True) -> str:
    """The text of README.md. ``hidden``: some tests stay on the server; ``self_checks``: the notebook has its own."""
    language, texts = assignment.language, _TEXTS[assignment.language]
    worth = [texts["points"].format(points=_number(assignment))]
    if context.deadline:
        worth.append(texts["deadline"].format(date=_date(context.deadline, language)))
    begin = texts["open"].format(notebook=assignment.notebook, checks=texts["checks"] if self_checks else "")
    page = texts["page"].format(url=context.server_url) if context.server_url else ""
    parts = [
        f"# {assignment.title.in_(language)}\n\n{assignment.summary.in_(language)}",
        "  \n".join(worth),
        _install(assignment.packages, context.wheel_url, texts),
        texts["work"].format(open=begin) + (texts["hidden"] if hidden else ""),
        texts["hand_in"] + page,
        texts["files"].format(notebook=assignment.notebook),
    ]
    return "\n\n".join(parts) + "\n"


def _install(packages: Sequence[str], wheel: str | None, texts: Mapping[str, str]) -> str:
    """kafedra itself and the packages of this assignment, in the versions that the course has where it says so."""
    known = dict(_requirements())
    light = f'"kafedra @ {wheel}"' if wheel else "kafedra"
    wanted = [f'"{known[name.lower()]}"' if name.lower() in known else name for name in packages]
    text = texts["install"].format(packages=" ".join([light, *wanted]))
    if not packages:
        return text
    names = texts["and"].join([", ".join(packages[:-1]), packages[-1]] if len(packages) > 1 else packages)
    return text + texts["light"].format(names=names, package=wheel or "kafedra")


def _requirements() -> Iterator[tuple[str, str]]:
    """What `kafedra[course]` asks for: the name of each package in small letters, and with its version."""
    for line in importlib.metadata.requires("kafedra") or ():
        if found := _REQUIREMENT.match(line):
            yield found["name"].lower(), f"{found['name']}{found['rest'].strip()}"


def _number(assignment: Assignment) -> str:
    number = f"{assignment.points.normalize():f}"
    return number.replace(".", ",") if assignment.language == "ru" else number


def _date(moment: datetime, language: Language) -> str:
    zone = moment.strftime("%Z")
    if language == "ru":
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} ({zone})"
    return f"{moment.day} {moment:%B %Y, %H:%M} ({zone})"
