"""README.md of a student's clone: what to do, in the order of doing it, in the language of the course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kafedra.course import Assignment, Language
from kafedra.notebooks import installing
from kafedra.notebooks.readme_texts import TEXTS

_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_PYTHON: Final = "3.12"  # where any will do
_SHELLS: Final[Mapping[installing.System, str]] = {"linux": "bash", "macos": "bash", "windows": "powershell"}


@dataclass(frozen=True)
class ReadmeContext:
    """What only the server knows. ``deadline`` is shown in its own time zone; without a server it is all left out.

    ``python`` is the version on which the work is graded, None where nobody knows it.
    """

    server_url: str | None = None
    wheel_url: str | None = None
    deadline: datetime | None = None
    python: str | None = None


def readme(
    assignment: Assignment,
    context: ReadmeContext,
    *,
    hidden: bool,
    self_checks: bool = True,
    pictures: bool = False,
    statement: str = "",
) -> str:
    """The text of README.md. ``hidden``: some tests stay on the server; ``self_checks``: the notebook has its own.

    ``pictures``: some were drawn for the statement; ``statement`` is the task itself, where it stands in no notebook.
    """
    language, texts = assignment.language, TEXTS[assignment.language]
    worth = [texts["points"].format(points=_number(assignment))]
    if context.deadline:
        worth.append(texts["deadline"].format(date=_date(context.deadline, language)))
    page = texts["page"].format(url=context.server_url) if context.server_url else ""
    programs = ", ".join(f"`{name}`" for name in assignment.environment.programs)
    parts = [
        f"# {assignment.title.in_(language)}\n\n{assignment.summary.in_(language)}",
        "  \n".join(worth),
        statement.strip(),
        _install(assignment, context, texts) if assignment.is_code or not assignment.by_hand else "",
        texts["programs"].format(names=programs).strip() if programs else "",
        _work(assignment, texts, self_checks) + (texts["hidden"] if hidden else ""),
        texts["hand_in"] + texts["read" if assignment.by_hand else "answered"] + page,
        texts["files"].format(
            rows="\n".join(_rows(assignment, texts, pictures)),
            after=texts["ask" if assignment.by_hand else "after"].format(where=texts["where"] if page else ""),
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _work(assignment: Assignment, texts: Mapping[str, str], self_checks: bool) -> str:
    """How to go about it, step by step."""
    how = "write" if not assignment.is_code else "edit" if assignment.notebook.endswith(".py") else "open"
    main = () if assignment.is_code else (assignment.notebook,)
    files = _quoted((*main, *assignment.beside))
    enter = texts["enter"].format(unix=installing.at_hand("linux"), windows=installing.at_hand("windows"))
    steps = texts[how].format(
        notebook=assignment.notebook,
        checks=texts["checks"] if self_checks else "",
        files=_quoted((*main, *assignment.beside)),
    )
    if assignment.is_code and files:
        steps += texts["besides"].format(files=files)
    if assignment.extra_files:
        steps += texts["may"].format(files=_quoted(assignment.extra_files))
    if not assignment.by_hand:
        return texts["solve"] + enter + steps + texts["check"] + (texts["taken"] if how == "open" else "")
    steps = enter + steps if assignment.is_code else steps.replace("2. ", "1. ", 1).replace("\n3. ", "\n2. ", 1)
    return texts["solve"] + steps + texts["marked"]


def _rows(assignment: Assignment, texts: Mapping[str, str], pictures: bool) -> Iterator[str]:
    """The lines of the table of files."""
    if assignment.is_code:
        alone = not assignment.beside and not assignment.extra_files
        yield texts["row notebook"].format(name=assignment.notebook, only=texts["only"] if alone else "")
    own = assignment.beside if assignment.is_code else (assignment.notebook, *assignment.beside)
    yield from (texts["row file"].format(name=name) for name in own)
    yield from (texts["row extra"].format(name=name) for name in assignment.extra_files)
    yield from (texts["row data"].format(name=name) for name in assignment.data)
    if pictures:
        yield texts["row pictures"]
    if not assignment.by_hand:
        yield texts["row tests"]
    yield texts["row toml"]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _install(assignment: Assignment, context: ReadmeContext, texts: Mapping[str, str]) -> str:
    """kafedra itself, Jupyter and the packages of this assignment: a line for each system."""
    jupyter = assignment.notebook.endswith(".ipynb")
    wanted = installing.requirements(assignment.packages, context.wheel_url, jupyter=jupyter)
    systems = "\n\n".join(
        f"**{name}**{texts[system]}:\n\n```{_SHELLS[system]}\n{installing.with_venv(system, wanted)}\n```"
        for system, name in installing.SYSTEMS.items()
    )
    about = texts["torch"] if installing.has_torch(wanted) else ""
    install = texts["install"].format(with_jupyter=texts["jupyter"] if jupyter else "")
    return install.format(uv=installing.with_uv(wanted, python=context.python or _PYTHON), systems=systems) + about


def _number(assignment: Assignment) -> str:
    number = f"{assignment.points.normalize():f}"
    return number.replace(".", ",") if assignment.language == "ru" else number


def _date(moment: datetime, language: Language) -> str:
    zone = moment.strftime("%Z")
    if language == "ru":
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} ({zone})"
    return f"{moment.day} {moment:%B %Y, %H:%M} ({zone})"
