"""From an assignment to what a student clones, and to the notebook with the answers.

A build either leaks nothing or fails: the last step looks for every answer and every hidden test in
everything that was written.
"""

from __future__ import annotations

import ast
import base64
import json
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kafedra.course import Assignment
from kafedra.notebooks.authoring import (
    Answer,
    BuildError,
    Cell,
    answers,
    notebook_json,
    read_source,
    solution_cells,
    student_cells,
)
from kafedra.notebooks.pictures import FOLDER as PICTURES
from kafedra.notebooks.pictures import draw_pictures
from kafedra.notebooks.readme import ReadmeContext, readme
from kafedra.notebooks.student_tests import hidden_tests, public_part

GITIGNORE: Final = ".ipynb_checkpoints/\n__pycache__/\n.pytest_cache/\n.venv/\n"
_PICTURE: Final = re.compile(rf"\]\(({PICTURES}/[^)\s]+)\)")


def student_files(assignment: Assignment, *, context: ReadmeContext | None = None) -> Mapping[str, bytes]:
    """The student version as relative path → bytes; the same bytes for the same sources and context.

    Raises :class:`BuildError` if an answer or a hidden test would be given away.
    """
    cells = read_source(assignment.notebook_source.read_text("utf-8"))
    texts = {
        ".gitignore": GITIGNORE,
        "README.md": readme(assignment, context or ReadmeContext(), hidden=bool(_hidden_tests(assignment))),
        "assignment.toml": (assignment.root / "assignment.toml").read_text("utf-8"),
        "probes.py": assignment.probes.read_text("utf-8"),
        assignment.notebook: notebook_json(student_cells(cells)),
        **_public_tests(assignment),
    }
    _require_no_leak(assignment, cells, texts)
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f"{PICTURES}/{name}": data for name, data in draw_pictures(assignment.root).items()}
    _require_pictures(cells, files)
    return dict(sorted(files.items()))


def build_student_version(
    assignment: Assignment, destination: Path, *, readme_context: ReadmeContext | None = None
) -> None:
    """Write the student version into ``destination``, a folder that is new or empty.

    Raises :class:`BuildError`, before anything is written.
    """
    files = student_files(assignment, context=readme_context)
    if destination.exists() and any(destination.iterdir()):
        raise BuildError(f"{destination} is not empty")
    for name, data in files.items():
        path = destination / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def build_solution_notebook(assignment: Assignment, path: Path) -> None:
    """Write the notebook with all answers to ``path``, and its pictures beside it."""
    cells = read_source(assignment.notebook_source.read_text("utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook_json(solution_cells(cells)).encode())
    for name, data in draw_pictures(assignment.root).items():
        (path.parent / PICTURES).mkdir(exist_ok=True)
        (path.parent / PICTURES / name).write_bytes(data)


def solution_notebook(assignment: Assignment) -> bytes:
    """The notebook with all answers as one file: its pictures are attached to the cells that show them.

    Raises :class:`BuildError`.
    """
    document = json.loads(notebook_json(solution_cells(read_source(assignment.notebook_source.read_text("utf-8")))))
    drawn = draw_pictures(assignment.root)
    for cell in document["cells"]:
        source = "".join(cell["source"])
        names = [name.removeprefix(f"{PICTURES}/") for name in _PICTURE.findall(source)]
        if cell["cell_type"] == "markdown" and names:
            cell["attachments"] = {name: {"image/png": base64.b64encode(drawn[name]).decode()} for name in names}
            cell["source"] = _PICTURE.sub(lambda found: f"]({_attached(found[1])})", source).splitlines(keepends=True)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _attached(picture: str) -> str:
    return f"attachment:{picture.removeprefix(f'{PICTURES}/')}"


def _hidden_tests(assignment: Assignment) -> list[str]:
    paths = sorted(assignment.tests_dir.glob("*.py"))
    return [name for path in paths for name in hidden_tests(path.read_text("utf-8"))]


def _public_tests(assignment: Assignment) -> dict[str, str]:
    """Public parts of the tests, and the modules beside them that these import."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(assignment.tests_dir.glob("*.py"))}
    public: dict[str, str] = {}
    for name, text in texts.items():
        if name.startswith("test_") and (part := public_part(name, text)) is not None:
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


def _imported(text: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(text)))
    direct = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return direct | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def _require_pictures(cells: tuple[Cell, ...], files: Mapping[str, bytes]) -> None:
    wanted = {name for cell in cells if cell.kind == "markdown" for name in _PICTURE.findall(cell.source)}
    drawn = {name for name in files if name.startswith(f"{PICTURES}/")}
    for name in sorted(wanted - drawn):
        raise BuildError(f"notebook.py shows {name}, which pictures.py does not draw")
    for name in sorted(drawn - wanted):
        raise BuildError(f"pictures.py draws {name}, which notebook.py does not show")


def _require_no_leak(assignment: Assignment, cells: tuple[Cell, ...], texts: Mapping[str, str]) -> None:
    places = {name: text for name, text in texts.items() if name != assignment.notebook}
    blank = student_cells(cells)
    places |= {f"{assignment.notebook}, cell {number}": cell.source for number, cell in enumerate(blank, start=1)}
    squeezed = {place: _squeezed(text) for place, text in places.items()}
    for answer in answers(cells):
        _require_answer_kept(answer, squeezed)
    secrets = _hidden_tests(assignment)
    for secret in secrets:
        for place, text in places.items():
            if re.search(rf"\b{re.escape(secret)}\b", text):
                raise BuildError(f"{place}: the hidden test {secret} is mentioned")


def _require_answer_kept(answer: Answer, squeezed: Mapping[str, str]) -> None:
    solution = _squeezed(answer.solution)
    if solution == _squeezed(answer.stub):
        raise BuildError(f"notebook.py, cell {answer.cell}: the stub is the solution")
    for place, text in squeezed.items():
        # a one-liner such as `return x` may stand elsewhere by chance
        if len(solution) > 20 and solution in text:
            raise BuildError(f"{place}: the solution of notebook.py, cell {answer.cell}, is given away")


def _squeezed(text: str) -> str:
    """Code without comments, docstrings and layout, so that reformatting hides nothing; prose without spaces."""
    try:
        tree = ast.parse(textwrap.dedent(text))
    except SyntaxError:
        return re.sub(r"#[^\n]*|\s", "", text)
    return re.sub(r"\s", "", ast.unparse(tree))
