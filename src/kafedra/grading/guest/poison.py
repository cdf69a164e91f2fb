"""Forbidden APIs, made unusable in the sandbox.

The judge decides what is forbidden from the syntax tree. This is the second net: it catches
``getattr(torch, "re" + "lu")`` and ``x.relu()``, which no syntax tree shows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import FunctionType, ModuleType
from typing import Any, NoReturn


class ForbiddenAPI(RuntimeError):
    """The student's code called an API that the assignment forbids. ``api`` is its name."""

    def __init__(self, api: str) -> None:
        super().__init__(api)
        self.api = api


def poison(apis: Iterable[str]) -> None:
    """Replace each API by one that raises :class:`ForbiddenAPI`; a trailing ``.*`` means every public member."""
    for api in apis:
        path, _, last = api.rpartition(".")
        owner = _resolve(path)
        if owner is None:
            continue
        for name in _public_callables(owner) if last == "*" else [last]:
            if hasattr(owner, name):
                _replace(owner, name, f"{path}.{name}")


def _resolve(path: str) -> Any:
    """The object of a dotted path, if its module is loaded: what is not loaded needs no poison yet."""
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


def _public_callables(owner: Any) -> list[str]:
    values = [(name, getattr(owner, name, None)) for name in dir(owner) if not name.startswith("_")]
    return [name for name, value in values if callable(value) and not _borrowed(owner, value)]


def _borrowed(owner: Any, value: Any) -> bool:
    """A module, or a class from elsewhere: ``torch.nn.functional.Tensor`` is everybody's ``torch.Tensor``."""
    home = f"{getattr(owner, '__name__', '')}."
    foreign = isinstance(value, type) and not f"{value.__module__}.".startswith(home)
    return isinstance(value, ModuleType) or foreign


def _own_methods(cls: type) -> list[str]:
    """Who inherits from the class and sets it up without its ``__init__`` must not get its ``forward`` or ``step``."""
    public = [name for name, value in vars(cls).items() if isinstance(value, FunctionType) and not name.startswith("_")]
    return ["__init__", *public]


def _replace(owner: Any, name: str, api: str) -> None:
    def forbidden(*_: Any, **__: Any) -> NoReturn:
        raise ForbiddenAPI(api)

    original = getattr(owner, name)
    try:
        if isinstance(original, type):
            # the class itself, so that every path to it is poisoned; `isinstance` with it keeps working
            for method in _own_methods(original):
                setattr(original, method, forbidden)
        else:
            setattr(owner, name, forbidden)
    except (AttributeError, TypeError):  # built-in types don't take attributes; the syntax tree is the net there
        return
