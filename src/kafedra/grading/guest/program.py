"""The student's definitions, executed one by one.

A definition that fails to execute takes down only the names it defines: the error is raised again, with its
own traceback, when a probe asks for one of them.
"""

from __future__ import annotations
import __future__

import ast
import sys
from types import ModuleType
from typing import Any, Final

from kafedra.grading.bindings import names_bound_by

FILENAME: Final = "<submission>"
MODULE: Final = "submission"

_FUTURE_FLAGS: Final = {name: getattr(__future__, name).compiler_flag for name in __future__.all_feature_names}


class MissingName(AttributeError):
    """The submission does not define a name that a probe asked for."""


class Program:
    """``program.MyReLU`` and ``program["MyReLU"]`` are the student's objects: what a probe gets as ``student``."""

    def __init__(self, text: str) -> None:
        self._module = ModuleType(MODULE)
        self._failures: dict[str, BaseException] = {}
        sys.modules[MODULE] = self._module
        self._execute(ast.parse(text, FILENAME))

    def __getattr__(self, name: str) -> Any:
        if name in self._failures:
            raise self._failures[name]
        try:
            return self._module.__dict__[name]
        except KeyError:
            raise MissingName(name) from None

    __getitem__ = __getattr__

    def _execute(self, tree: ast.Module) -> None:
        flags = 0
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                flags |= sum(_FUTURE_FLAGS.get(alias.name, 0) for alias in node.names)
        for node in tree.body:
            try:
                code = compile(ast.Module([node], []), FILENAME, "exec", flags=flags, dont_inherit=True)
                exec(code, self._module.__dict__)
            except Exception as error:  # noqa: BLE001 - a definition may fail in any way
                self._failures.update(dict.fromkeys(names_bound_by(node), error))
            else:
                for name in names_bound_by(node):
                    self._failures.pop(name, None)
