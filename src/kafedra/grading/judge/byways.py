"""Ways around a ban that no machine can judge, found in the text for a person to look at.

``exec`` of the library's own source, memory written through ``ctypes``, a name put together at run time: each has
honest uses, so nothing is refused. Who reviews the work is told where it stands, and so is its author.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kafedra.grading.judge.spelling import Paths, Spelling
from kafedra.notebooks import ExtractedModule

_BUILTINS: Final = frozenset({"exec", "eval", "compile", "__builtins__"})
_PLACES: Final = (
    *(f"builtins.{name}" for name in sorted(_BUILTINS)),
    *("ctypes", "cffi", "marshal", "types.CodeType", "types.FunctionType", "importlib.util", "importlib.machinery"),
    *("gc.get_objects", "gc.get_referrers", "gc.get_referents", "inspect.getsource", "inspect.getsourcelines"),
    # what runs a text, a file or a pickle for somebody
    *("runpy", "code", "codeop", "bdb.Bdb", "pdb.run", "doctest", "trace.Trace", "timeit.timeit", "timeit.Timer"),
    *("timeit.repeat", "cProfile.run", "cProfile.runctx", "profile.run", "profile.runctx"),
    *("pickle.load", "pickle.loads", "pickle.Unpickler", "cloudpickle.load", "cloudpickle.loads", "torch.package"),
)
_ATTRIBUTES: Final = frozenset({"__globals__", "__code__", "__subclasses__", "__closure__"})
_BY_NAME: Final = frozenset(
    {
        *("getattr", "__import__", "import_module", "importlib.import_module"),
        *("pkgutil.resolve_name", "pydoc.locate", "operator.attrgetter", "operator.methodcaller"),
    }
)
_LONGEST: Final = 60
_WORDS: Final = sorted({place.rpartition(".")[2] for place in (*_PLACES, *_BY_NAME)} | _BUILTINS | _ATTRIBUTES)
_ANY: Final = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


@dataclass(frozen=True)
class Byway:
    """What is used, and the line of the module where."""

    what: str
    line: int


def find_byways(module: ExtractedModule, apis: Iterable[str]) -> list[Byway]:
    """The first use of each in what the required names rest on, by line; none where nothing is forbidden."""
    banned = {api.partition(".")[0] for api in apis}
    if not banned or _ANY.search(module.text) is None:
        return []
    spelling = Spelling(module)
    defined = frozenset(name for names in module.defines for name in names)
    found: dict[str, int] = {}
    for number in sorted(frozenset().union(*module.closures.values())):
        for node, paths in list(spelling.expressions(number)):  # all of it is spelled before a part is asked for
            if what := _what(node, paths, spelling, banned, defined):
                found[what] = min(node.lineno, found.get(what, node.lineno))
    return sorted((Byway(what, line) for what, line in found.items()), key=lambda byway: byway.line)


def _what(node: ast.expr, paths: Paths, spelling: Spelling, banned: set[str], defined: frozenset[str]) -> str:
    if isinstance(node, ast.Name) and node.id in _BUILTINS and node.id not in defined and not paths:
        return node.id
    if isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES:
        return node.attr
    if isinstance(node, ast.Call) and _is_by_a_computed_name(node, spelling, banned):
        return ast.unparse(node.func)[:_LONGEST]
    return next((place for place in _PLACES for path in paths if path == place or path.startswith(f"{place}.")), "")


def _is_by_a_computed_name(node: ast.Call, spelling: Spelling, banned: set[str]) -> bool:
    """``getattr(torch, word)`` and ``import_module(word)``: what they lead to the text doesn't tell."""
    names = {node.func.id} if isinstance(node.func, ast.Name) else set[str]()
    names |= spelling.of(node.func)
    if not names & _BY_NAME or not node.args or any(isinstance(one, ast.Constant) for one in node.args[:2]):
        return False
    return "getattr" not in names or any(path.partition(".")[0] in banned for path in spelling.of(node.args[0]))
