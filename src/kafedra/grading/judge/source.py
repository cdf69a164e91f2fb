"""The student's file among the files of a submission, read and reduced to its definitions."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, Language
from kafedra.grading.messages import text
from kafedra.notebooks import ExtractedModule, UnusableSubmission, extract, read_submission
from kafedra.notebooks.percent import SOLUTION_TAG
from kafedra.notebooks.places import Place
from kafedra.notebooks.rules import without_marks

_DEFINITION: Final = re.compile(r"^(?:class|def) (\w+)", re.MULTILINE)
_CELLS: Final = re.compile(r"^(?=# %%)", re.MULTILINE)
_HEADLINE: Final = 60
MAX_BESIDE_MB: Final = 24
_LONGEST_LINE: Final = 300  # of a traceback; a student's line and name may be as long as they like


@dataclass(frozen=True)
class StudentSource:
    """The module to run and the way back from its lines to the student's cells.

    ``unusable`` says why there is nothing to run; the module is empty then. ``files`` are what is handed in besides,
    and the file itself where it is no Python; ``absent`` are those that should be there and are not. ``file`` is its
    name where it is a Python file: what has no name of its own in a notebook.
    """

    module: ExtractedModule
    is_notebook: bool
    unusable: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    file: str = ""

    def frames(self, lines: Sequence[int], language: Language) -> str:
        """A traceback of the student's own lines, outermost first: where it was, and the line itself."""
        source = self.module.text.splitlines()
        parts = []
        for number in lines:
            if 1 <= number <= len(source):
                parts += [self._frame(number, language), f"    {source[number - 1].strip()}"]
        return "\n".join(part[:_LONGEST_LINE] for part in parts)

    def place(self, number: int, language: Language) -> str:
        """`` (cell 5, line 3)`` for a line of the module."""
        return f" ({self._place(number).words(language)})"

    def statement(self, number: int, language: Language) -> dict[str, str]:
        """Where a statement of the module is, and how it begins."""
        line = self.module.tree.body[number].lineno
        text = self.module.text.split("\n")[line - 1].strip()
        return {"place": self._place(line).words(language), "text": text[:_HEADLINE]}

    def _place(self, number: int) -> Place:
        return self.module.line_map.get(number, Place(number))

    def _frame(self, number: int, language: Language) -> str:
        function = _enclosing_function(self.module.tree, number) or text("top_level", language)
        return f"{self._place(number).words(language)}, {function}"


def _enclosing_function(tree: ast.Module, line: int) -> str | None:
    """The innermost function around a line."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    around = [node for node in functions if node.lineno <= line <= (node.end_lineno or node.lineno)]
    return max(around, key=lambda node: node.lineno).name if around else None


def find_submission(assignment: Assignment, files: Collection[str]) -> str | None:
    """The file to grade: the assignment's notebook, or the only notebook or module there is."""
    others = assignment.handed_in[1:]
    return submission_file(assignment.notebook, assignment.slug, [name for name in files if name not in others])


def submission_file(notebook: str, slug: str, files: Iterable[str]) -> str | None:
    """The same for whoever knows no more than the names: of the notebook, of the assignment and of the files."""
    names = list(files)
    if not notebook.endswith((".ipynb", ".py")):  # any other file is the one that is named, or none
        return notebook if notebook in names else None
    for name in (notebook, f"{slug}.py"):
        if name in names:
            return name
    own = [name for name in names if "/" not in name and name not in {"probes.py", "conftest.py"}]
    for suffix in (".ipynb", ".py"):
        found = [name for name in own if name.lower().endswith(suffix)]
        if len(found) == 1:
            return found[0]
    return None


def read_source(
    assignment: Assignment, files: Mapping[str, bytes], language: Language, statement: Collection[str] = ()
) -> StudentSource:
    """Never raises on a student's file: what can't be read is said in ``unusable``.

    ``statement`` are the lines of the texts as they were given out, for a clone: the author's notebook isn't there.
    """
    name = find_submission(assignment, files)
    if name is None:
        return _nothing(assignment, text("no_file", language, name=assignment.notebook))
    others = {other: files[other] for other in assignment.handed_in if other in files and other != name}
    absent = tuple(other for other in assignment.beside if other not in others)
    if (most := most_bytes(assignment)) < sum(map(len, others.values())) + (
        0 if assignment.is_code else len(files[name])
    ):
        return _nothing(assignment, text("too_large", language, limit=most // 2**20))
    if not assignment.is_code:
        module = ExtractedModule("", (), {}, (), ast.Module([], []))
        return StudentSource(module, is_notebook=False, files={name: files[name], **others}, absent=absent)
    try:
        author = _author(assignment)
        module = extract(
            read_submission(name, files[name]),
            assignment.requires,
            given=frozenset(_DEFINITION.findall(author)),
            statement=_statement(author) if author else statement,
        )
    except UnusableSubmission as error:
        return _nothing(assignment, error.message(language))
    is_notebook = name.lower().endswith(".ipynb")
    return StudentSource(module, is_notebook, files=others, absent=absent, file="" if is_notebook else name)


def most_bytes(assignment: Assignment) -> int:
    """How large the files beside the notebook may be in all: they have to fit into the sandbox with the course's."""
    given = sum(path.stat().st_size for path in given_files(assignment).values())
    return max(0, min(MAX_BESIDE_MB * 2**20, assignment.limits.file_mb * 2**20 * 3 // 4 - given))


def given_files(assignment: Assignment) -> dict[str, Path]:
    """The data of the course that the code finds beside it."""
    return {name: assignment.root / name for name in assignment.data if (assignment.root / name).is_file()}


def _author(assignment: Assignment) -> str:
    """What the student's version is made of; nothing in a clone, where its source isn't."""
    source = assignment.notebook_source
    return source.read_text("utf-8") if source.is_file() else ""


def _statement(author: str) -> frozenset[str]:
    """The lines of its cells, the author's answers aside."""
    given = (cell for cell in _CELLS.split(author) if SOLUTION_TAG not in cell.partition("\n")[0])
    return frozenset(line.rstrip() for cell in given for line in without_marks(cell).split("\n"))


def _nothing(assignment: Assignment, why: str) -> StudentSource:
    empty = ExtractedModule("", tuple(assignment.requires), {}, (), ast.Module([], []))
    return StudentSource(empty, is_notebook=True, unusable=why)
