"""Forbidden APIs, made unusable in the sandbox: not their names, but what the names lead to.

A function of Python is changed where it is, so that every reference to it is dead: an alias, a default argument, an
entry of a table. A class loses its own methods. What is written in C is replaced wherever it is held (``holders.py``),
and where it is an operator of torch's, in torch's dispatcher (``operators.py``). The judge's reading of the text comes
before: it says where, and it sees the branches that no test takes.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any, Final, NoReturn

from kafedra.grading.guest import holders, operators, watching

_MARK: Final = "<refuse>"
_CLOSED: Final = "__forbidden__"
_TWINS: Final = ("torch._refs", "torch._refs.nn.functional", "torch._prims", "torch._decomp.decompositions")
# where torch keeps what it shows elsewhere
_HOMES_IN_C: Final = {
    "torch.nn.functional": "torch._C._nn",
    "torch.special": "torch._C._special",
    "torch.linalg": "torch._C._linalg",
    "torch.fft": "torch._C._fft",
}


class ForbiddenAPI(RuntimeError):
    """The student's code called an API that the assignment forbids. ``api`` is its name."""

    def __init__(self, api: str) -> None:
        super().__init__(api)
        self.api = api


_tripped = list[str]()


def trip(api: str) -> NoReturn:
    """Refuse a call, and remember it: torch's scripts pass on no more of an exception than its text."""
    _tripped.append(api)
    raise ForbiddenAPI(api)


def begin() -> None:
    """A call begins."""
    _tripped.clear()


def tripped() -> str | None:
    """What was refused in this call, if anything was."""
    return _tripped[0] if _tripped else None


class Changed(Exception):
    """Other APIs are closed here than are forbidden: the assignment has been changed a moment ago."""


_ahead: tuple[str, ...] = ()  # what was closed before anybody handed anything in


def close_ahead(apis: Sequence[str]) -> None:
    """:func:`poison`, in a process that will be forked for many submissions; in each of them it has nothing to do."""
    global _ahead
    poison(apis)
    _ahead = tuple(apis)


def poison(apis: Sequence[str]) -> None:
    """Have each API raise :class:`ForbiddenAPI`; a trailing ``.*`` means every public member.

    Those of a module that is loaded later, or once more, are replaced as soon as it is there. Raises :class:`Changed`
    where others were closed ahead.
    """
    if _ahead:
        if tuple(apis) != _ahead:
            raise Changed
        return
    listed = tuple(_with_twins(apis))
    if not listed:
        return
    found = list(_found(listed, _resolve))
    operators.close({one.api: one.value for one in found if one.listed}, trip)
    _spread(found)
    watching.watch(listed, _spread_in)


def _with_twins(apis: Iterable[str]) -> Iterator[str]:
    """Each API, and the second implementations that torch has of its own functions, in Python."""
    seen = set[str]()
    for api in apis:
        yield api
        name = api.rpartition(".")[2]
        if api.startswith("torch.") and name != "*" and name not in seen:
            seen.add(name)
            yield from (f"{place}.{name}" for place in _TWINS)


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


def _found(apis: Iterable[str], resolve: Callable[[str], Any]) -> Iterator[_Found]:
    """Those that are loaded."""
    for api in apis:
        path, _, last = api.rpartition(".")
        owner = resolve(path)
        if owner is not None:
            for name in _public_callables(owner) if last == "*" else [last]:
                value = getattr(owner, name, None)
                if value is not None and not hasattr(value, _CLOSED):
                    yield _Found(f"{path}.{name}", owner, name, value, last != "*")


def _spread(found: Sequence[_Found]) -> None:
    for one in found:
        if one.listed or _at_home(one.owner, one.value):
            _close(one.owner, one.name, one.value, one.api)
        else:
            setattr(one.owner, one.name, _refusing(one.api))


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
    if hasattr(value, _CLOSED):
        return
    if isinstance(value, type):
        _close_class(value, api)
    elif isinstance(value, FunctionType) and not _inherited(owner, name):
        _close_function(value, api)
    else:
        refusing = _refusing(api)
        _close_functions_below(value, api)
        with contextlib.suppress(AttributeError, TypeError):  # a class of C: its own dictionary takes it below
            setattr(owner, name, refusing)
        if not _inherited(owner, name) or type(value).__name__ == "method_descriptor":
            holders.replace(value, refusing)


def _inherited(owner: Any, name: str) -> bool:
    """A method that other classes share: those must keep it."""
    return isinstance(owner, type) and name not in vars(owner)


def _close_class(cls: type, api: str) -> None:
    """The class itself, so that every path to it is closed; ``isinstance`` with it keeps working.

    Who inherits from it and sets it up without its ``__init__`` must not get its ``forward`` or ``step``.
    """
    own = [name for name, value in vars(cls).items() if isinstance(value, FunctionType) and not name.startswith("_")]
    try:
        for name in own:
            _close_function(vars(cls)[name], api)
        cls.__init__ = _refusing(api)  # type: ignore[misc]  # that is the point
    except (AttributeError, TypeError):  # a class of C does not take it
        holders.replace(cls, _Closed(cls.__name__, (), {"number": id(cls), "api": api}))
    if type(vars(cls).get("__new__")).__name__ == "builtin_function_or_method":
        holders.unmake(cls)


class _Closed(type):
    """Stands for a class of C: it makes nothing, and ``isinstance`` with it means what it meant.

    ``number`` is the `id` of that class, which it does not hold.
    """

    number: int
    api: str

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        trip(cls.api)

    def __instancecheck__(cls, instance: Any) -> bool:
        return issubclass(type(instance), cls)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return any(id(base) == cls.number for base in subclass.__mro__)


def _refusing(api: str) -> Any:
    def forbidden(*_: Any, **__: Any) -> NoReturn:
        trip(api)

    setattr(forbidden, _CLOSED, True)
    return forbidden


def _close_functions_below(value: Any, api: str) -> None:
    """What a decorator has put into a cache or another object."""
    inner = getattr(value, "__wrapped__", None)
    if isinstance(inner, FunctionType):
        _close_function(inner, api)


def _template(*_: Any, **__: Any) -> None:
    refuse: Any = "<refuse>"
    refuse()


def _close_function(function: FunctionType, api: str) -> None:
    """Give it another body: whoever holds it, by whatever name, holds this."""
    refusing = _refusing(api)
    constants = tuple(refusing if constant == _MARK else constant for constant in _template.__code__.co_consts)
    layer: Any = function
    while isinstance(layer, FunctionType) and not hasattr(layer, _CLOSED):
        below = getattr(layer, "__wrapped__", None)  # what a decorator was put on
        layer.__code__ = _template.__code__.replace(
            co_consts=constants, co_freevars=layer.__code__.co_freevars, co_name=layer.__name__
        )
        setattr(layer, _CLOSED, True)
        layer = below
