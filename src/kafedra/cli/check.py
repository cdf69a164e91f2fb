"""``kafedra check``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from kafedra.cli import output
from kafedra.course import CourseError, Language, language_of
from kafedra.course.libraries import packages_of
from kafedra.grading import GradingError
from kafedra.grading.files import UnusablePath
from kafedra.grading.terminal.layout import printable
from kafedra.notebooks.installing import pip_commands
from kafedra.student.checking import Incomplete, NoPrograms, NotInstalled
from kafedra.student.checking import check as check_folder
from kafedra.student.freshness import ask, stale
from kafedra.student.ownership import Theirs, work_of_another

_NOT_INSTALLED: Final[dict[Language, str]] = {
    "ru": "Заданию нужны пакеты, которых здесь нет: {names}. Поставьте их и запустите проверку снова:\n\n"
    "    {commands}",
    "en": "The assignment needs packages that are not installed here: {names}. Install them and check again:\n\n"
    "    {commands}",
}
_NO_PROGRAMS: Final[dict[Language, str]] = {
    "ru": "Заданию нужны программы, которых здесь нет: {names}. Поставьте их и запустите проверку снова.\n"
    "На сервере они есть: можно и сразу сделать git push.",
    "en": "The assignment needs programs that are not installed here: {names}. Install them and check again.\n"
    "The server has them, so a git push works, too.",
}
_NO_CLONE: Final[dict[Language, str]] = {
    "ru": "{folder} — не клон задания. Перейдите в папку, которую сделал git clone: в ней лежит assignment.toml.",
    "en": "{folder} is not the clone of an assignment. Go to the folder that git clone made: it has an "
    "assignment.toml.",
}
_CHANGED: Final[dict[Language, str]] = {
    "ru": "Файл assignment.toml изменён, и прочитать его не получается. Вернуть как было:\n\n"
    "    git checkout $(git rev-list --max-parents=0 HEAD) -- assignment.toml\n\nЧто случилось: {error}",
    "en": "The file assignment.toml was changed and can't be read. To bring it back as it was:\n\n"
    "    git checkout $(git rev-list --max-parents=0 HEAD) -- assignment.toml\n\nWhat happened: {error}",
}
# The first commit is the template: from it a file comes back even when its deletion was committed and pushed.
_INCOMPLETE: Final[dict[Language, str]] = {
    "ru": "Здесь нет {names}, а без этого тесты не запустить. Вернуть как было:\n\n"
    "    git checkout $(git rev-list --max-parents=0 HEAD) -- {paths}",
    "en": "There is no {names} here, and without it the tests can't run. To bring it back as it was:\n\n"
    "    git checkout $(git rev-list --max-parents=0 HEAD) -- {paths}",
}
_NO_NOTEBOOK: Final[dict[Language, str]] = {
    "ru": "Здесь нет {names}: проверять нечего. Если файл называется иначе, дайте ему это имя.\n"
    "Если он удалён, последний сохранённый в git вернёт\n\n    git checkout HEAD -- {paths}",
    "en": "There is no {names} here, so there is nothing to check. If the file has another name, rename it.\n"
    "If it was deleted, the last one that git has comes back with\n\n    git checkout HEAD -- {paths}",
}
_ELSEWHERE: Final[dict[Language, str]] = {
    "ru": "Есть {files}, но проверяется файл из самой папки клона.\n",
    "en": "There is {files}, but the file in the clone's own folder is what is graded.\n",
}
_AND: Final[dict[Language, str]] = {"ru": " и ", "en": " and "}
_NOT_RUN: Final[dict[Language, str]] = {
    "ru": "Тесты не запустились. Если вы меняли probes.py или tests, верните их:\n\n"
    "    git checkout $(git rev-list --max-parents=0 HEAD) -- probes.py tests\n\nЧто случилось: {error}",
    "en": "The tests could not be run. If you have changed probes.py or tests, bring them back:\n\n"
    "    git checkout $(git rev-list --max-parents=0 HEAD) -- probes.py tests\n\nWhat happened: {error}",
}
_STALE: Final[dict[Language, str]] = {
    "ru": "Курс обновил задание {day}, а здесь ещё по-старому: {names}. Взять новое, работа останется вашей:\n\n"
    "    git pull --no-rebase --no-edit",
    "en": "The course updated this assignment on {day}, and here it is as before: {names}. To take the new version, "
    "your work untouched:\n\n    git pull --no-rebase --no-edit",
}
_THEIRS: Final[dict[Language, str]] = {
    "ru": "Это работа {owner}, а не ваша: её код запустится на вашей машине без песочницы и сможет всё, что можете вы.",
    "en": "This is the work of {owner}, not yours: its code would run on your machine without a sandbox and could do "
    "all that you can.",
}
_ASKED: Final[dict[Language, str]] = {"ru": "Запустить?", "en": "Run it?"}
_NOT_TRUSTED: Final[dict[Language, str]] = {
    "ru": "Ничего не запущено. В песочнице её проверит\n\n    kafedra grade {slug} {path}\n\n"
    "Если доверяете автору, повторите с --trust.",
    "en": "Nothing was run. In the sandbox it is graded by\n\n    kafedra grade {slug} {path}\n\n"
    "If you trust its author, repeat with --trust.",
}
_LAST_LINES: Final = 4  # of a traceback through the tests: there it says what is wrong


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--seed", type=click.IntRange(min=0), help="Repeat a run: the number that it printed.")
@click.option("--lang", type=click.Choice(["ru", "en"]), help="Default: the language of the course.")
@click.option("--all", "everything", is_flag=True, help="Explain every test, and print all that your code printed.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--trust", is_flag=True, help="Run somebody else's work, too, without asking: there is no sandbox.")
def check(folder: Path, seed: int | None, lang: Language | None, everything: bool, as_json: bool, trust: bool) -> None:
    """Run the public tests of the assignment in FOLDER (default: here) against your notebook.

    They are the tests that the server runs, with the same words; it has hidden ones besides.
    Exits with 0 if all passed, 1 if not, 2 if there is nothing to check here.
    """
    lang = lang or language_of(folder) or output.spoken_here()
    if not trust and (theirs := work_of_another(folder)) is not None:
        _ask(folder, theirs, lang)
    told = ask(folder)
    try:
        assignment, report = check_folder(folder, seed=seed, language=lang, told=told)
    except CourseError as error:
        words = _CHANGED if (folder / "assignment.toml").exists() else _NO_CLONE
        output.fail(words[lang].format(folder=folder.resolve(), error=error), 2)
    except Incomplete as error:
        words = _NO_NOTEBOOK if error.notebook else _INCOMPLETE
        text = words[lang].format(names=_AND[lang].join(error.names), paths=" ".join(error.names))
        found = _ELSEWHERE[lang].format(files=", ".join(error.elsewhere)) if error.elsewhere else ""
        output.fail(found + text, 2)
    except UnusablePath as error:
        output.fail(str(error), 2)
    except NotInstalled as error:
        output.fail(_NOT_INSTALLED[lang].format(names=error, commands="\n    ".join(_installing(error.names))), 2)
    except NoPrograms as error:
        output.fail(_NO_PROGRAMS[lang].format(names=error), 2)
    except GradingError as error:
        output.fail(_NOT_RUN[lang].format(error="\n".join(str(error).splitlines()[-_LAST_LINES:])), 3)
    if (answer := told()) is not None and (outdated := stale(folder, answer)) is not None:
        names, day = ", ".join(outdated.names), f"{outdated.published_at.astimezone():%d.%m.%Y}"
        click.echo(_STALE[lang].format(names=names, day=day) + "\n", err=True)
    if as_json:
        click.echo(report.model_dump_json(indent=2))
    else:
        output.print_report(assignment, report, lang, whole=None if everything else "kafedra check --all")
    sys.exit(0 if report.points == report.max_points else 1)


def _ask(folder: Path, theirs: Theirs, lang: Language) -> None:
    """Whether somebody else's code may run here; without a person to ask, it may not."""
    click.echo(_THEIRS[lang].format(owner=printable(theirs.owner)), err=True)
    if not (sys.stdin.isatty() and click.confirm(_ASKED[lang], err=True)):
        output.fail(_NOT_TRUSTED[lang].format(slug=printable(theirs.assignment), path=folder.resolve()), 2)


def _installing(modules: Sequence[str]) -> list[str]:
    """Commands that bring them; torch without CUDA where there is no card for it."""
    small = sys.platform == "linux" and shutil.which("nvidia-smi") is None
    return pip_commands(Path(sys.executable).name, packages_of(modules), cpu=small)
