"""From an assignment to what a student clones, and to the notebook with the answers.

A build either leaks nothing or fails: the last step looks for every answer and every hidden test in
everything that was written.
"""

from __future__ import annotations

import ast
import base64
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, get_args

from kafedra.course import (
    Assignment,
    Language,
    Problem,
    ProblemLog,
    parse_python,
    read_python,
    read_text,
    translation_file,
    translation_of,
)
from kafedra.course.assignment import FILE_NAME
from kafedra.notebooks.authoring import read_source, solution_cells, student_cells
from kafedra.notebooks.figures import Claim, claims, figure_problems
from kafedra.notebooks.given import data_files, given_problems, solved_cells, solved_files, starter_files
from kafedra.notebooks.ipynb import notebook_json
from kafedra.notebooks.leaks import leaks
from kafedra.notebooks.percent import SOURCE_NAME, BuildError, Cell, script
from kafedra.notebooks.pictures import FOLDER as PICTURES
from kafedra.notebooks.pictures import draw_pictures
from kafedra.notebooks.readme import ReadmeContext, readme
from kafedra.notebooks.rules import Rule, rules
from kafedra.notebooks.student_tests import hidden_tests, mention, public_part

GITIGNORE: Final = ".ipynb_checkpoints/\n__pycache__/\n.pytest_cache/\n.venv/\n"
_PICTURE: Final = re.compile(rf"\]\(({PICTURES}/[^)\s]+)\)")
_DRAWER: Final = Path("pictures.py")
_LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

# the first line of a clone's assignment.toml, a comment: `kafedra check` compares it with its own
SERVER_PYTHON: Final = re.compile(r"^# Python (\d+)\.(\d+)$", re.MULTILINE)

Draw = Callable[[Path], Mapping[str, bytes]]


def student_files(
    assignment: Assignment, *, context: ReadmeContext | None = None, draw: Draw = draw_pictures
) -> Mapping[str, bytes]:
    """The student version as relative path → bytes; the same bytes for the same sources and context.

    Raises :class:`BuildError` with everything that is wrong with the files, an answer or a hidden test that would be
    given away among it. ``draw`` is another way to have the pictures drawn.
    """
    log = ProblemLog()
    cells = log.attempt(source_cells, assignment) or ()
    tests = _test_texts(assignment, log)
    public = _public_tests(tests, log)
    hidden = [name for text in tests.values() for name in hidden_tests(text)]
    drawn = log.attempt(draw, assignment.root)
    texts = {
        ".gitignore": GITIGNORE,
        "README.md": readme(
            assignment,
            context or ReadmeContext(),
            hidden=bool(hidden),
            self_checks=_checks_itself(assignment, cells),
            pictures=bool(drawn),
            statement="" if assignment.is_code else _prose(student_cells(cells, assignment.language)),
        ),
        "assignment.toml": log.attempt(_description, assignment, context.python if context else None) or "",
        **public,
        **_translations(assignment, public, log),
    }
    if assignment.probes.is_file() or not assignment.by_hand:
        texts["probes.py"] = log.attempt(read_python, assignment.probes, Path("probes.py")) or ""
    files_of_text = [(Path(name), text) for name, text in texts.items()]
    log.problems += leaks(cells, files_of_text, hidden, assignment.language)
    log.problems += _picture_problems(cells, drawn)
    starters = log.attempt(starter_files, assignment) or {}
    log.problems += given_problems(assignment, cells)
    if log.problems:
        raise BuildError(log.by_place())
    files = {name: text.encode() for name, text in texts.items()}
    files |= data_files(assignment) | starters
    if assignment.is_code:
        files[assignment.notebook] = work_file(assignment, student_cells(cells, assignment.language))
    files |= {f"{PICTURES}/{name}": data for name, data in (drawn or {}).items()}
    return dict(sorted(files.items()))


def build_student_version(
    assignment: Assignment, destination: Path, *, readme_context: ReadmeContext | None = None
) -> None:
    """Write the student version into ``destination``, a folder that is new or empty.

    Raises :class:`BuildError`, before anything is written.
    """
    files = student_files(assignment, context=readme_context)
    if destination.exists() and any(destination.iterdir()):
        raise BuildError([Problem(destination, None, "", None, "is not empty: name a new folder")])
    for name, data in files.items():
        path = destination / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def build_solution_notebook(assignment: Assignment, path: Path) -> None:
    """Write the notebook with all answers to ``path``, and its pictures and data beside it. Raises CourseError.

    Of work that is no notebook it is the first of the solutions.
    """
    cells = source_cells(assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    if assignment.is_code:
        path.write_bytes(work_file(assignment, solution_cells(cells)))
    for name, given in (data_files(assignment) | solved_files(assignment)).items():
        place = path.parent / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(given)
    for name, data in draw_pictures(assignment.root).items():
        (path.parent / PICTURES).mkdir(exist_ok=True)
        (path.parent / PICTURES / name).write_bytes(data)


def solution_notebook(assignment: Assignment) -> bytes:
    """The notebook with all answers as one file: its pictures are attached to the cells that show them.

    Raises CourseError.
    """
    document = json.loads(notebook_json((*solution_cells(source_cells(assignment)), *solved_cells(assignment))))
    drawn = draw_pictures(assignment.root)
    for cell in document["cells"]:
        source = "".join(cell["source"])
        names = [name.removeprefix(f"{PICTURES}/") for name in _PICTURE.findall(source)]
        if cell["cell_type"] == "markdown" and names:
            cell["attachments"] = {name: {"image/png": base64.b64encode(drawn[name]).decode()} for name in names}
            cell["source"] = _PICTURE.sub(lambda found: f"]({_attached(found[1])})", source).splitlines(keepends=True)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def work_file(assignment: Assignment, cells: Sequence[Cell]) -> bytes:
    """The cells as the file that is handed in: a notebook, or a Python file of cells."""
    return (script(cells) if assignment.notebook.endswith(".py") else notebook_json(cells)).encode()


def _prose(cells: Sequence[Cell]) -> str:
    """The text cells, and the code between them as blocks, without the title, which the page has already."""
    parts = [cell.source if cell.kind == "markdown" else f"```\n{cell.source}\n```" for cell in cells]
    return re.sub(r"\A#\s[^\n]*\n*", "", "\n\n".join(part for part in parts if part.strip()))


def source_cells(assignment: Assignment) -> tuple[Cell, ...]:
    """The cells of ``notebook.py``. Raises CourseError if it can't be read or its marks and tags mean nothing."""
    return read_source(read_text(assignment.notebook_source, SOURCE_NAME))


def rules_of(assignment: Assignment) -> tuple[Rule, ...]:
    """What the statement asks and which tests hold it. Raises CourseError as :func:`source_cells` does."""
    return rules(source_cells(assignment))


def claims_of(assignment: Assignment) -> tuple[Claim, ...]:
    """What has to hold of the notebook once it has run with its answers. Raises CourseError as :func:`source_cells`."""
    return claims(source_cells(assignment))


def unheld_figures(assignment: Assignment) -> tuple[tuple[int, str], ...]:
    """Figures of the statement that no mark holds, with their lines; none where no notebook runs that could give them.

    Raises CourseError as :func:`source_cells` does.
    """
    return tuple(figure_problems(source_cells(assignment))) if assignment.is_code else ()


def _description(assignment: Assignment, python: str | None) -> str:
    """The assignment's own file; a clone has no course that would tell its language, nor the server's Python."""
    text = read_text(assignment.root / FILE_NAME, Path(FILE_NAME))
    if python or assignment.environment.python is None:
        text = f"# Python {python or '{}.{}'.format(*sys.version_info)}\n{text}"
    if assignment.language == "ru" or re.search(r"^language\s*=", text, re.MULTILINE):
        return text
    return f'language = "{assignment.language}"\n{text}'


def _checks_itself(assignment: Assignment, cells: Sequence[Cell]) -> bool:
    """Whether cells below an answer try out what the student has to write."""
    below = list(itertools.dropwhile(lambda cell: not cell.is_solution, cells))
    tries = (cell.source for cell in below if cell.kind == "code" and not cell.is_solution)
    return any(mention(source, name) for source in tries for name in assignment.requires)


def _attached(picture: str) -> str:
    return f"attachment:{picture.removeprefix(f'{PICTURES}/')}"


def _test_texts(assignment: Assignment, log: ProblemLog) -> dict[str, str]:
    """Every module in tests/ that can be read and is Python, by its name."""
    found: dict[str, str] = {}
    for path in sorted(assignment.tests_dir.glob("*.py")):
        text = log.attempt(read_python, path, _shown(path.name))
        if text is not None:
            found[path.name] = text
    return found


def _shown(name: str) -> Path:
    return Path("tests", name)


def _public_tests(texts: Mapping[str, str], log: ProblemLog) -> dict[str, str]:
    """Public parts of the tests, and the modules beside them that these import."""
    public: dict[str, str] = {}
    for name, text in texts.items():
        if name.startswith("test_") and (part := log.attempt(public_part, _shown(name), text)) is not None:
            public[name] = part
    waiting = [*public.values(), texts.get("conftest.py", "")]
    if "conftest.py" in texts:
        public["conftest.py"] = texts["conftest.py"]
    while waiting:
        for module in _imported(waiting.pop()):
            name = f"{module}.py"
            if name in texts and name not in public:
                public[name] = texts[name]
                waiting.append(texts[name])
    return {f"tests/{name}": text for name, text in public.items()}


def _translations(assignment: Assignment, public: Mapping[str, str], log: ProblemLog) -> dict[str, str]:
    """What the public tests say in other languages, and nothing that hidden ones say."""
    texts = [text for name, text in public.items() if name.endswith(".py")]
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        translation = log.attempt(translation_of, assignment, language)
        if translation is not None and (part := translation.part_for(texts)):
            found[translation_file(Path(), language).as_posix()] = part
    return found


def _imported(text: str) -> set[str]:
    nodes = list(ast.walk(parse_python(text, Path())))
    direct = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return direct | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def _picture_problems(cells: tuple[Cell, ...], drawn: Mapping[str, bytes] | None) -> Iterator[Problem]:
    """Pictures that are shown and not drawn, or drawn and not shown; None: drawing failed, which is told already."""
    if drawn is None:
        return
    shown: dict[str, int] = {}
    for cell in cells:
        for name in _PICTURE.findall(cell.source) if cell.kind == "markdown" else ():
            shown.setdefault(name, cell.line + (mention(cell.source, name) or 1) - 1)
    made = {f"{PICTURES}/{name}" for name in drawn}
    for name in sorted(shown.keys() - made):
        yield Problem(SOURCE_NAME, shown[name], "picture", name, "is shown here, and pictures.py does not draw it")
    for name in sorted(made - shown.keys()):
        yield Problem(_DRAWER, None, "picture", name, "is drawn here, and notebook.py does not show it")
