"""The student's definitions, executed one by one, when they are asked for.

A definition that fails to execute takes down only the names it defines: the error is raised again, with its
own traceback, when a probe asks for one of them.
"""

from __future__ import annotations
import __future__

import ast
import functools
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any, Final

from kafedra.grading.bindings import names_bound_by
from kafedra.grading.guest import jupyter

FILENAME: Final = "<submission>"
MODULE: Final = "submission"

_FUTURE_FLAGS: Final = {name: getattr(__future__, name).compiler_flag for name in __future__.all_feature_names}


class MissingName(AttributeError):
    """The submission does not define a name that a probe asked for."""


class Program:
    """``program.MyReLU`` and ``program["MyReLU"]`` are the student's objects: what a probe gets as ``student``.

    ``rests_on`` has the numbers of the statements that a name needs; they run when somebody asks for it, unless
    :meth:`load` has run them before. ``file``: the name of the Python file that was handed in, for ``__file__``; a
    notebook has none.
    """

    def __init__(self, text: str, rests_on: Mapping[str, Sequence[int]], file: str = "") -> None:
        self._text = text
        self._rests_on = dict(rests_on)
        self._run = set[int]()
        self._flags = 0
        self._module = ModuleType("__main__")
        self._failures: dict[str, BaseException] = {}
        self._asked = set[str]()
        # as in a notebook, `__name__ == "__main__"`, and what pickles a class or reads its annotations finds it there
        sys.modules[MODULE] = sys.modules["__main__"] = self._module
        self._module.__dict__.update(jupyter.names())
        where = os.path.abspath(file) if file else ""  # noqa: PTH100 - what Python itself puts there, a text
        if file:
            self._module.__file__ = where
        sys.argv[:] = [where]  # those of the sandbox are not the student's, and `argparse` would read them

    def __getattr__(self, name: str) -> Any:
        self._asked.add(name)
        if name in self._rests_on:
            self.load(self._rests_on.pop(name))
        if name in self._failures:
            raise self._failures[name]
        try:
            return self._module.__dict__[name]
        except KeyError:
            raise MissingName(name) from None

    __getitem__ = __getattr__

    def take_asked(self) -> list[str]:
        """What a probe has asked for since this was last called."""
        asked, self._asked = sorted(self._asked), set()
        return asked

    def load(
        self, numbers: Iterable[int], before_each: Callable[[int, ast.stmt], None] = lambda _, __: None
    ) -> list[tuple[int, BaseException]]:
        """Run these statements, those that did not run yet, in the order of the text; which failed, and how."""
        failed = []
        body = self._body
        for number in sorted(set(numbers) - self._run):
            self._run.add(number)
            node = body[number]
            before_each(number, node)
            try:
                self._execute(node)
            except BaseException as error:  # noqa: BLE001 - a definition may fail in any way, and call exit()
                failed.append((number, error))
                self._failures.update(dict.fromkeys(names_bound_by(node), error))
            else:
                for name in names_bound_by(node):
                    self._failures.pop(name, None)
        return failed

    @functools.cached_property
    def _body(self) -> Sequence[ast.stmt]:
        return ast.parse(self._text, FILENAME).body

    def _execute(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            self._flags |= sum(_FUTURE_FLAGS.get(alias.name, 0) for alias in node.names)
        code = compile(ast.Module([node], []), FILENAME, "exec", flags=self._flags, dont_inherit=True)
        exec(code, self._module.__dict__)
