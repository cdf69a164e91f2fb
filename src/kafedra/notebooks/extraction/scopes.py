"""Which global names a statement touches.

Python's own symbol tables say it, so that a local variable of a function is never mistaken for a constant of
the notebook.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# everything that the parser and the compiler raise on hostile text
PARSE_ERRORS: Final = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)

_COMPREHENSIONS: Final = {"listcomp", "setcomp", "dictcomp", "genexpr"}
_AT_ONCE: Final = {"class", "type parameters"}
_LATER: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Names:
    """Global names that a statement binds, reads as it runs, and reads in functions called later."""

    defined: frozenset[str]
    now: frozenset[str]
    later: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Names:
        """Names in one top-level statement. Raises one of ``PARSE_ERRORS`` if it would not compile."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<cell>", "exec", dont_inherit=True)
            table = symtable.symtable(text, "<cell>", "exec")
        symbols = table.get_symbols()
        now, later = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}, set[str]()
        for child in table.get_children():
            _collect(child, now, later)
        bound = (symbol for symbol in symbols if symbol.is_assigned() or symbol.is_imported())
        return cls(frozenset(symbol.get_name() for symbol in bound), frozenset(now), frozenset(later))


def _collect(table: symtable.SymbolTable, now: set[str], later: set[str]) -> None:
    """Globals that a nested scope touches: a class body runs at once, a function when it is called."""
    at_once = str(table.get_type()) in _AT_ONCE or table.get_name() in _COMPREHENSIONS
    used = now if at_once else later
    used |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
    for child in table.get_children():
        _collect(child, used, later)


def running(node: ast.AST) -> Iterator[ast.AST]:
    """``node`` and what in it runs with it: not the bodies of functions, which run when they are called.

    Without recursion: a stranger's expression may be as deep as the parser allows.
    """
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        if isinstance(current, _LATER):
            decorators: list[ast.expr] = getattr(current, "decorator_list", [])
            waiting += [
                *decorators,
                *current.args.defaults,
                *(default for default in current.args.kw_defaults if default),
            ]
        else:
            waiting.extend(ast.iter_child_nodes(current))
