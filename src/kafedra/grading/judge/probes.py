"""Which of the student's names a probe uses, read off the probe's own text.

The judge decides from this what a missing or forbidden definition costs; the sandbox is not asked.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

_MOST_STRINGS: Final = 10_000


class ProbeIndex:
    """What is defined in a ``probes.py``, and the names that each definition spells.

    What a probe calls ``student`` it may hand on, to functions, classes and partial functions of its file: there the
    first parameter and those of the same name are looked at.
    """

    def __init__(self, text: str) -> None:
        definitions = {name: node for node in ast.parse(text).body for name in _defined(node)}
        usual = {parameter for name, node in definitions.items() if name[0] != "_" for parameter in _first(node)}
        own = {name: set(_spelled(node, {*usual, *_first(node)})) for name, node in definitions.items()}
        mentions = {name: _mentions(node) & definitions.keys() for name, node in definitions.items()}
        self._names = {name: _close(name, own, mentions) for name in definitions}
        texts = {
            name: {text for part in ast.walk(node) for text in _constant(part)} for name, node in definitions.items()
        }
        self._texts = {name: _close(name, texts, mentions) for name in definitions}

    def names_used(self, probe: str, arguments: Iterable[Any], required: Iterable[str]) -> list[str]:
        """The required names that this call needs: spelled in the probe, or passed to it as strings."""
        spelled = self._names.get(probe, set())
        passed = set(_strings(arguments))
        return [name for name in required if name in spelled or name in passed]

    def files_used(self, probe: str, arguments: Iterable[Any], files: Iterable[str]) -> list[str]:
        """Those of the files that this call needs: named in the probe or what it uses, or passed to it."""
        named = self._texts.get(probe, set()) | set(_strings(arguments))
        return [name for name in files if name in named]


def _close(name: str, own: Mapping[str, set[str]], mentions: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(mentions[current])
    return set().union(*(own[definition] for definition in seen))


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _first(node: ast.stmt) -> list[str]:
    """The first parameter of a function."""
    if not isinstance(node, ast.FunctionDef):
        return []
    return [one.arg for one in (*node.args.posonlyargs, *node.args.args)][:1]


def _spelled(definition: ast.stmt, students: set[str]) -> Iterator[str]:
    """``half`` for ``student.half``, ``student["half"]`` and ``getattr(student, "half")``."""
    for node in ast.walk(definition):
        if isinstance(node, ast.Attribute) and _is_one_of(node.value, students):
            yield node.attr
        elif isinstance(node, ast.Subscript) and _is_one_of(node.value, students):
            yield from _constant(node.slice)
        elif isinstance(node, ast.Call) and any(_is_one_of(argument, students) for argument in node.args):
            yield from (text for argument in node.args for text in _constant(argument))


def _is_one_of(node: ast.expr, names: set[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def _constant(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _mentions(definition: ast.stmt) -> set[str]:
    """The names that a definition takes from its file; its own parameters and variables may be spelled alike."""
    names = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
    if isinstance(definition, ast.Assign):
        return {node.id for node in names}
    own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    own |= {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)}
    return {node.id for node in names} - own


def _strings(values: Iterable[Any]) -> Iterator[str]:
    """Strings among the arguments of a call, in lists and dictionaries too; the arguments themselves come first."""
    waiting, left = deque(values), _MOST_STRINGS
    while waiting and left:
        left -= 1
        value = waiting.popleft()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list | tuple):
            waiting += value
