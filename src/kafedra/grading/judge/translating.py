"""Tests imported in another language than that in which they are written.

Their texts are exchanged in the syntax tree, before it becomes code; what they decide stays the same.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from _pytest.assertion.rewrite import rewrite_asserts

from kafedra.course import Translation, translate


@contextlib.contextmanager
def translated_imports(folder: Path, translation: Translation) -> Iterator[None]:
    """What is imported from the files of ``folder`` says the other language's words."""
    finder = _Finder(folder.resolve(), translation)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder:
    """Finds what Python would find, and lets files of the folder be read by a loader that translates."""

    def __init__(self, folder: Path, translation: Translation) -> None:
        self._folder = folder
        self._translation = translation

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As :meth:`importlib.abc.MetaPathFinder.find_spec`; None for what lies elsewhere."""
        if name in sys.builtin_module_names:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not spec.has_location or Path(str(spec.origin)).resolve().parent != self._folder:
            return None
        loader = _Loader(name, str(spec.origin), self._translation)
        return importlib.util.spec_from_file_location(name, spec.origin, loader=loader)


class _Loader(SourceFileLoader):
    """Compiles a file of tests with other words; never from a cache, which has the author's."""

    def __init__(self, name: str, path: str, translation: Translation) -> None:
        super().__init__(name, path)
        self._translation = translation

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the importer's signature
        """The code of the translated file; a bare ``assert`` says as much as pytest has it say elsewhere."""
        data = self.get_data(self.path)
        tree = ast.parse(data, self.path)
        translate(tree, self._translation.words)
        if Path(self.path).name.startswith(("test_", "conftest.")):
            rewrite_asserts(tree, data, self.path)
        code: CodeType = compile(tree, self.path, "exec", dont_inherit=True)
        return code
