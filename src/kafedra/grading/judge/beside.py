"""What stands beside the notebook: modules of the student's own, as far as their text is looked at."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from kafedra.grading.bindings import names_bound_by
from kafedra.grading.judge.byways import Byway, find_byways
from kafedra.grading.judge.forbidden import Use, find_forbidden
from kafedra.grading.judge.source import StudentSource
from kafedra.notebooks import ExtractedModule, UnusableSubmission, extract, read_submission
from kafedra.notebooks.reading import MAX_CODE_KB


class Beside:
    """The forbidden APIs that own modules use. A required name is charged with what the modules it imports use."""

    def __init__(self, source: StudentSource, apis: Iterable[str]) -> None:
        self._module = source.module
        listed = tuple(apis)
        texts = {name: data for name, data in source.files.items() if name.endswith(".py")} if listed else {}
        self._modules = {_dotted(name): name for name in texts}
        read = {name: module for name, data in texts.items() if (module := _extracted(name, data)) is not None}
        self._uses = {name: use for name, module in read.items() if (use := _first_use(module, listed)) is not None}
        self.byways = [(name, byway) for name, module in read.items() for byway in _byways(module, listed)]
        self._imports = {name: set(self._own(_parsed(data).body)) for name, data in texts.items()}

    def forbidden(self, used: Iterable[str]) -> tuple[str, Use] | None:
        """The first file with a forbidden API that these names lead to; of no names, that any file has."""
        if not self._uses:  # mostly; looking for what leads to nothing would cost milliseconds
            return None
        names = list(used)
        reached = set(self._modules.values()) if not names else self._reached(names)
        return next(((name, self._uses[name]) for name in sorted(reached) if name in self._uses), None)

    def _reached(self, names: Iterable[str]) -> set[str]:
        body = self._module.tree.body
        numbers = {number for name in names for number in self._module.closures.get(name, ())}
        waiting, seen = set(self._own(body[number] for number in numbers)), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting |= self._imports[name]
        return seen

    def _own(self, statements: Iterable[ast.stmt]) -> Iterator[str]:
        """Files that statements import, at any depth."""
        for node in (node for statement in statements for node in ast.walk(statement)):
            if isinstance(node, ast.Import):
                wanted = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                wanted = [node.module or "", *(f"{node.module or ''}.{alias.name}".strip(".") for alias in node.names)]
            else:
                continue
            for module, file in self._modules.items():
                # relative imports name the end of the path alone
                if any(
                    one and (one == module or module.endswith(f".{one}") or one.startswith(f"{module}."))
                    for one in wanted
                ):
                    yield file


def _dotted(name: str) -> str:
    parts = PurePosixPath(name).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _extracted(name: str, data: bytes) -> ExtractedModule | None:
    """All that the file defines; None where running it says what is wrong."""
    defined = [one for statement in _parsed(data).body for one in names_bound_by(statement)]
    try:
        return extract(read_submission(name, data), tuple(dict.fromkeys(defined)))
    except (UnusableSubmission, RecursionError):
        return None


def _first_use(module: ExtractedModule, apis: tuple[str, ...]) -> Use | None:
    """The first use in the file, with its own line."""
    try:
        uses = find_forbidden(module, apis)
    except RecursionError:
        return None
    places = [Use(use.api, _line(module, use.line)) for use in uses.values()]
    return min(places, key=lambda use: use.line, default=None)


def _byways(module: ExtractedModule, apis: tuple[str, ...]) -> list[Byway]:
    try:
        return [Byway(one.what, _line(module, one.line)) for one in find_byways(module, apis)]
    except RecursionError:
        return []


def _line(module: ExtractedModule, line: int) -> int:
    """A line of what was extracted, as its file counts."""
    place = module.line_map.get(line)
    return line if place is None else place.line


def _parsed(data: bytes) -> ast.Module:
    try:
        return ast.parse(data if len(data) <= MAX_CODE_KB * 1024 else b"")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
