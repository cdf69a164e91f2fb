"""The student's file among the files of a submission, read and reduced to its definitions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kafedra.course import Assignment, Language
from kafedra.grading.messages import text
from kafedra.notebooks import ExtractedModule, UnusableSubmission, extract, read_submission
from kafedra.notebooks.places import Place

_DEFINITION: Final = re.compile(r"^(?:class|def) (\w+)", re.MULTILINE)
_HEADLINE: Final = 60
_LONGEST_LINE: Final = 300  # of a traceback; a student's line and name may be as long as they like


@dataclass(frozen=True)
class StudentSource:
    """The module to run and the way back from its lines to the student's cells.

    ``unusable`` says why there is nothing to run; the module is empty then.
    """

    module: ExtractedModule
    is_notebook: bool
    unusable: str | None = None

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


def find_submission(assignment: Assignment, files: Iterable[str]) -> str | None:
    """The file to grade: the assignment's notebook, or the only notebook or module there is."""
    return submission_file(assignment.notebook, assignment.slug, files)


def submission_file(notebook: str, slug: str, files: Iterable[str]) -> str | None:
    """The same for whoever knows no more than the names: of the notebook, of the assignment and of the files."""
    names = list(files)
    for name in (notebook, f"{slug}.py"):
        if name in names:
            return name
    own = [name for name in names if "/" not in name and name not in {"probes.py", "conftest.py"}]
    for suffix in (".ipynb", ".py"):
        found = [name for name in own if name.lower().endswith(suffix)]
        if len(found) == 1:
            return found[0]
    return None


def read_source(assignment: Assignment, files: Mapping[str, bytes], language: Language) -> StudentSource:
    """Never raises on a student's file: what can't be read is said in ``unusable``."""
    name = find_submission(assignment, files)
    if name is None:
        return _nothing(assignment, text("no_file", language, name=assignment.notebook))
    try:
        module = extract(read_submission(name, files[name]), assignment.requires, given=_given(assignment))
    except UnusableSubmission as error:
        return _nothing(assignment, error.message(language))
    return StudentSource(module, is_notebook=name.lower().endswith(".ipynb"))


def _given(assignment: Assignment) -> frozenset[str]:
    """What the student's version defines from the start; nothing in a clone, where its source isn't."""
    source = assignment.notebook_source
    return frozenset(_DEFINITION.findall(source.read_text("utf-8"))) if source.is_file() else frozenset()


def _nothing(assignment: Assignment, why: str) -> StudentSource:
    empty = ExtractedModule("", tuple(assignment.requires), {}, (), ast.Module([], []))
    return StudentSource(empty, is_notebook=True, unusable=why)
