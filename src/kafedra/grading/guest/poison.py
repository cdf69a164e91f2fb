"""Forbidden APIs, made unusable in the sandbox: not their names, but what the names lead to.

A function of Python is changed where it is, so that every reference to it is dead: an alias, a default argument, an
entry of a table. A class loses its own methods, and so do its heirs (``classes.py``). What is written in C is replaced
wherever it is held (``holders.py``), and where it is an operator of torch's, in torch's dispatcher (``operators.py``).
torch's second implementations are closed with the first (``doubles.py``), a package of which all is forbidden is not
there (``packages.py``). The judge's reading of the text comes before: it says where, and it sees the branches that no
test takes.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any, Final

from kafedra.grading.guest import doubles, holders, operators, packages, watching
from kafedra.grading.guest.classes import close_class
from kafedra.grading.guest.refusing import CLOSED, close_below, close_function, refusing, trip

_WHOLE: Final = ".**"  # a package of which nothing is left
# where torch keeps what it shows elsewhere
_HOMES_IN_C: Final = {
    "torch.nn.functional": "torch._C._nn",
    "torch.special": "torch._C._special",
    "torch.linalg": "torch._C._linalg",
    "torch.fft": "torch._C._fft",
}


class Changed(Exception):
    """Other APIs are closed here than are forbidden: the assignment has been changed a moment ago."""


_ahead: tuple[str, ...] = ()  # what was closed before anybody handed anything in


def close_ahead(apis: Sequence[str]) -> None:
    """:func:`poison`, in a process that will be forked for many submissions; in each of them it has nothing to do."""
    global _ahead
    poison(apis)
    _ahead = tuple(apis)


def poison(apis: Sequence[str]) -> None:
    """Have each API raise :class:`~kafedra.grading.guest.refusing.ForbiddenAPI`.

    A trailing ``.*`` means every public member, ``.**`` behind the name of a package that there is no such package.

    Those of a module that is loaded later, or once more, are replaced as soon as it is there. Raises :class:`Changed`
    where others were closed ahead.
    """
    if _ahead:
        if tuple(apis) != _ahead:
            raise Changed
        return
    gone = {api.removesuffix(_WHOLE) for api in apis if api.endswith(_WHOLE)}
    named = [api for api in apis if not api.endswith(_WHOLE)]
    listed = (*named, *doubles.listed(named, _names_at_home))
    if not listed:
        return
    found = list(_found(listed, _resolve))
    operators.close({one.api: one.value for one in found if one.to_be_closed}, trip)
    _spread(found)
    watching.watch(listed, _spread_in)
    packages.close(gone)


def _spread_in(apis: Sequence[str], name: str, module: ModuleType) -> None:
    """In a module that has just been loaded, and need not be the one that everybody knows by the name."""
    holders.remember()
    holders.look_at([module])
    _spread(list(_found(apis, _resolve)))
    _spread(list(_found(apis, lambda path: _below(module, path.removeprefix(name).split(".")))))


@dataclass(frozen=True)
class _Found:
    """A forbidden object: where it was found, and whether its name is listed or covered by ``.*``."""

    api: str
    owner: Any
    name: str
    value: Any
    listed: bool

    @property
    def to_be_closed(self) -> bool:
        """The object itself, and not only this name of it."""
        return self.listed or _at_home(self.owner, self.value)


def _found(apis: Iterable[str], resolve: Callable[[str], Any]) -> Iterator[_Found]:
    """Those that are loaded."""
    for api in apis:
        path, _, last = api.rpartition(".")
        owner = resolve(path) if last != doubles.ALL else sys.modules.get(path)  # torch loads some by their attributes
        if owner is not None:
            for name in _names(owner, last):
                value = getattr(owner, name, None)
                if value is not None and not hasattr(value, CLOSED):
                    yield _Found(f"{path}.{name}", owner, name, value, last != "*")


def _names(owner: Any, last: str) -> Iterable[str]:
    if last == doubles.ALL:
        return doubles.functions(owner)
    return _public_callables(owner) if last == "*" else [last]


def _spread(found: Sequence[_Found]) -> None:
    for one in found:
        if one.to_be_closed:
            _close(one.owner, one.name, one.value, one.api)
        else:
            setattr(one.owner, one.name, refusing(one.api))


def _resolve(path: str) -> Any:
    """The object of a dotted path, if its module is loaded: what is not is watched for."""
    current: Any = None
    prefix = ""
    for name in path.split("."):
        prefix = f"{prefix}.{name}".lstrip(".")
        attribute = getattr(current, name, None)
        # a package may have deleted the attribute that its module was: torch.optim.adam is loaded all the same
        current = sys.modules.get(prefix) if attribute is None else attribute
        if current is None:
            return None
    return current


def _at_home(owner: Any, value: Any) -> bool:
    """Not only passed through: ``torch.nn.functional.conv2d`` is ``torch.conv2d``, which may be allowed."""
    home, name = getattr(value, "__module__", None) or "", getattr(owner, "__name__", "")
    return f"{home}.".startswith(f"{name}.") or home == _HOMES_IN_C.get(name)


def _names_at_home(path: str) -> list[str]:
    owner = _resolve(path)
    return [name for name in _public_callables(owner) if _at_home(owner, getattr(owner, name))]


def _below(owner: Any, names: Iterable[str]) -> Any:
    for name in names:
        owner = getattr(owner, name, None) if name else owner
    return owner


def _public_callables(owner: Any) -> list[str]:
    values = [(name, getattr(owner, name, None)) for name in dir(owner) if not name.startswith("_")]
    return [name for name, value in values if callable(value) and not _borrowed(owner, value)]


def _borrowed(owner: Any, value: Any) -> bool:
    """A module, or a class from elsewhere: ``torch.nn.functional.Tensor`` is everybody's ``torch.Tensor``."""
    home = f"{getattr(owner, '__name__', '')}."
    foreign = isinstance(value, type) and not f"{value.__module__}.".startswith(home)
    return isinstance(value, ModuleType) or foreign


def _close(owner: Any, name: str, value: Any, api: str) -> None:
    if hasattr(value, CLOSED):
        return
    if isinstance(value, type):
        close_class(value, api)
    elif isinstance(value, FunctionType) and not _inherited(owner, name):
        close_function(value, api)
    else:
        refuse = refusing(api)
        close_below(value, api)
        with contextlib.suppress(AttributeError, TypeError):  # a class of C: its own dictionary takes it below
            setattr(owner, name, refuse)
        if not _inherited(owner, name) or type(value).__name__ == "method_descriptor":
            holders.replace(value, refuse)


def _inherited(owner: Any, name: str) -> bool:
    """A method that other classes share: those must keep it."""
    return isinstance(owner, type) and name not in vars(owner)
