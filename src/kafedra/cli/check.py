"""``kafedra check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from kafedra.cli import output
from kafedra.course import CourseError
from kafedra.grading import GradingError
from kafedra.grading.files import UnusablePath
from kafedra.grading.messages import Language
from kafedra.student.checking import NotInstalled
from kafedra.student.checking import check as check_folder

_NOT_INSTALLED: Final[dict[Language, str]] = {
    "ru": "Заданию нужны пакеты, которых здесь нет: {names}. Поставьте их и запустите проверку снова:\n\n"
    "    {python} -m pip install {packages}",
    "en": "The assignment needs packages that are not installed here: {names}. Install them and check again:\n\n"
    "    {python} -m pip install {packages}",
}
_DISTRIBUTIONS: Final = {"sklearn": "scikit-learn", "PIL": "pillow", "cv2": "opencv-python", "yaml": "pyyaml"}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--seed", type=click.IntRange(min=0), help="Repeat a run: the number that it printed.")
@click.option("--lang", type=click.Choice(["ru", "en"]), default="ru", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def check(folder: Path, seed: int | None, lang: Language, as_json: bool) -> None:
    """Run the public tests of the assignment in FOLDER (default: here) against your notebook.

    They are the tests that the server runs, with the same words; it has hidden ones besides.
    Exits with 0 if all passed, 1 if not, 2 if there is nothing to check here.
    """
    try:
        assignment, report = check_folder(folder, seed=seed, language=lang)
    except CourseError as error:
        output.fail(f"{folder.resolve()} is not the clone of an assignment:\n{error}", 2)
    except UnusablePath as error:
        output.fail(str(error), 2)
    except NotInstalled as error:
        packages = " ".join(_DISTRIBUTIONS.get(name, name) for name in error.names)
        text = _NOT_INSTALLED[lang].format(names=error, packages=packages, python=Path(sys.executable).name)
        output.fail(text, 2)
    except GradingError as error:
        output.fail(f"The tests could not be run: {error}", 3)
    if as_json:
        click.echo(report.model_dump_json(indent=2))
    else:
        output.print_report(assignment, report, lang)
    sys.exit(0 if report.points == report.max_points else 1)
