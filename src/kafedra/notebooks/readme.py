"""README.md of a student's clone: what to do, in the order of doing it, in the language of the course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kafedra.course import Assignment, Language
from kafedra.notebooks import installing

_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_SHELLS: Final[Mapping[installing.System, str]] = {"linux": "bash", "macos": "bash", "windows": "powershell"}

_TEXTS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "points": "**Баллы:** {points}.",
        "deadline": "**Срок:** {date}. Можно и позже: за каждый начатый день снимается часть баллов.",
        "install": """## Один раз: установить

Нужны git и Python, от 3.11 до 3.13. Одна строка создаёт окружение `~/.virtualenvs/kafedra`, общее для всех заданий,
и ставит в него всё, Jupyter тоже. В следующем задании она доставит то, чего ещё нет.

**С uv** строка на всех системах одна, и Python он приносит сам:

```bash
{uv}
```

{systems}""",
        "linux": " (на Debian и Ubuntu сначала `sudo apt install python3-venv`)",
        "macos": " (Python из Xcode слишком стар: `brew install python@3.13`, и строка начинается с `python3.13`)",
        "windows": " (Python — с python.org или из Microsoft Store)",
        "torch": """

На Linux PyTorch здесь берётся без CUDA: 0,2 ГБ вместо трёх. Если CUDA нужна или сервер PyTorch не отвечает, уберите из
строки `--torch-backend cpu` (с uv) или шаг с `--index-url` (без него).""",
        "open": """1. В новом терминале перейдите в эту папку и включите окружение: `{unix}`, в PowerShell
   `{windows}`.
2. Откройте `{notebook}`. Jupyter запускает команда `jupyter lab`. В VS Code с расширениями Python и Jupyter
   нажмите справа вверху «Выбрать ядро» (Select Kernel) и среди окружений Python возьмите `kafedra`.
3. Идите сверху вниз. Писать нужно там, где стоит «Ваш код здесь»{checks}.""",
        "checks": "; после каждой задачи есть ячейка, которая её проверит и подскажет, где искать ошибку",
        "work": "## Решать\n\n{open}\n4. Сохраните ноутбук и запустите открытые тесты:\n\n"
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
        "install": """## Once: install

You need git and Python 3.11 to 3.13. One line makes an environment, `~/.virtualenvs/kafedra`, for all assignments, and
puts everything into it, Jupyter too. In the next assignment it adds what is missing.

**With uv** the line is the same on all systems, and uv brings the Python:

```bash
{uv}
```

{systems}""",
        "linux": " (on Debian and Ubuntu first `sudo apt install python3-venv`)",
        "macos": " (the Python of Xcode is too old: `brew install python@3.13`, and begin with `python3.13`)",
        "windows": " (Python comes from python.org or the Microsoft Store)",
        "torch": """

On Linux this is PyTorch without CUDA: 0.2 GB and not three. If you want CUDA, or PyTorch's server does not answer,
leave out `--torch-backend cpu` (with uv) or the step with `--index-url` (without it).""",
        "open": """1. In a new terminal go to this folder and switch the environment on: `{unix}`, in PowerShell
   `{windows}`.
2. Open `{notebook}`. The command `jupyter lab` starts Jupyter. In VS Code, with the extensions Python and Jupyter,
   press Select Kernel at the top right and take `kafedra` among the Python environments.
3. Go from top to bottom. You write where it says “Your code here”{checks}.""",
        "checks": "; after each task a cell checks it and says where to look for a mistake",
        "work": "## Solve\n\n{open}\n4. Save the notebook and run the public tests:\n\n"
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
    """What only the server knows. ``deadline`` is shown in its own time zone; without a server it is all left out.

    ``python`` is the version on which the work is graded.
    """

    server_url: str | None = None
    wheel_url: str | None = None
    deadline: datetime | None = None
    python: str = "3.12"


def readme(assignment: Assignment, context: ReadmeContext, *, hidden: bool, self_checks: bool = True) -> str:
    """The text of README.md. ``hidden``: some tests stay on the server; ``self_checks``: the notebook has its own."""
    language, texts = assignment.language, _TEXTS[assignment.language]
    worth = [texts["points"].format(points=_number(assignment))]
    if context.deadline:
        worth.append(texts["deadline"].format(date=_date(context.deadline, language)))
    begin = texts["open"].format(
        notebook=assignment.notebook,
        checks=texts["checks"] if self_checks else "",
        unix=installing.at_hand("linux"),
        windows=installing.at_hand("windows"),
    )
    page = texts["page"].format(url=context.server_url) if context.server_url else ""
    parts = [
        f"# {assignment.title.in_(language)}\n\n{assignment.summary.in_(language)}",
        "  \n".join(worth),
        _install(assignment.packages, context, texts),
        texts["work"].format(open=begin) + (texts["hidden"] if hidden else ""),
        texts["hand_in"] + page,
        texts["files"].format(notebook=assignment.notebook),
    ]
    return "\n\n".join(parts) + "\n"


def _install(packages: Sequence[str], context: ReadmeContext, texts: Mapping[str, str]) -> str:
    """kafedra itself, Jupyter and the packages of this assignment: a line for each system."""
    wanted = installing.requirements(packages, context.wheel_url)
    systems = "\n\n".join(
        f"**{name}**{texts[system]}:\n\n```{_SHELLS[system]}\n{installing.with_venv(system, wanted)}\n```"
        for system, name in installing.SYSTEMS.items()
    )
    about = texts["torch"] if installing.has_torch(wanted) else ""
    return texts["install"].format(uv=installing.with_uv(wanted, python=context.python), systems=systems) + about


def _number(assignment: Assignment) -> str:
    number = f"{assignment.points.normalize():f}"
    return number.replace(".", ",") if assignment.language == "ru" else number


def _date(moment: datetime, language: Language) -> str:
    zone = moment.strftime("%Z")
    if language == "ru":
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} ({zone})"
    return f"{moment.day} {moment:%B %Y, %H:%M} ({zone})"
