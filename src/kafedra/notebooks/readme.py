"""README.md of a student's clone: what to do, in the order of doing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kafedra.course import Assignment

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_HIDDEN = """

   Часть тестов скрыта, её запускает только сервер. Всё, что она проверяет, сказано в условии."""


@dataclass(frozen=True)
class ReadmeContext:
    """What only the server knows. ``deadline`` is shown in its own time zone; without a server it is all left out."""

    server_url: str | None = None
    wheel_url: str | None = None
    deadline: datetime | None = None


def readme(assignment: Assignment, context: ReadmeContext, *, hidden: bool) -> str:
    """The text of README.md; ``hidden`` says whether some tests stay on the server."""
    parts = [
        f"# {assignment.title.in_('ru')}\n\n{assignment.summary.in_('ru')}",
        _worth(assignment, context),
        _install(context),
        _work(assignment, hidden),
        _hand_in(context),
        _files(assignment),
    ]
    return "\n\n".join(parts) + "\n"


def _worth(assignment: Assignment, context: ReadmeContext) -> str:
    lines = [f"**Баллы:** {_number(assignment)}."]
    if context.deadline:
        lines.append(
            f"**Срок:** {_date(context.deadline)}. Можно и позже: за каждый начатый день снимается часть баллов."
        )
    return "  \n".join(lines)


def _install(context: ReadmeContext) -> str:
    wheel = context.wheel_url
    package = f"kafedra[course] @ {wheel}" if wheel else "kafedra[course]"
    light = wheel or "kafedra"
    return f"""## Один раз: установить

Нужен Python 3.11 или новее.

```bash
pip install "{package}"
```

Если torch и matplotlib у вас уже есть, хватит лёгкой установки: `pip install {light}`."""


def _work(assignment: Assignment, hidden: bool) -> str:
    more = _HIDDEN if hidden else ""
    return f"""## Решать

1. Откройте `{assignment.notebook}` в Jupyter или VS Code и идите сверху вниз. Писать нужно там, где стоит
   «Ваш код здесь»; после каждой задачи есть ячейка, которая её проверит и подскажет, где искать ошибку.
2. Сохраните ноутбук и запустите открытые тесты:

   ```bash
   kafedra check
   ```{more}"""


def _hand_in(context: ReadmeContext) -> str:
    link = f" Все посылки и ваши баллы — на <{context.server_url}>." if context.server_url else ""
    return f"""## Сдать

```bash
git add -A
git commit -m "Решение"
git push
```

Результат придёт прямо в терминал. Отправлять можно сколько угодно раз: считается лучшая посылка.{link}"""


def _files(assignment: Assignment) -> str:
    return f"""## Что где лежит

| файл | зачем |
|---|---|
| `{assignment.notebook}` | условие и ваше решение: единственный файл, который нужно менять |
| `tests/` | открытые тесты; читайте их, это часть условия |
| `probes.py` | как проверка вызывает ваш код |
| `assignment.toml` | что нужно определить, что запрещено, сколько времени есть у решения |

Тесты и пробы в репозитории — для вас. Проверка на сервере берёт свои собственные, поэтому правки в них ничего не
изменят. Если условие непонятно или кажется, что ошибся тест, спросите в чате: не бывает глупых вопросов."""


def _number(assignment: Assignment) -> str:
    return f"{assignment.points.normalize():f}".replace(".", ",")


def _date(moment: datetime) -> str:
    zone = moment.strftime("%Z")
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} ({zone})"
