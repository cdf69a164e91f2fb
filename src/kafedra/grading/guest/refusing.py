"""What a forbidden call meets: one exception, whatever was called, and bodies for functions that raise it."""

from __future__ import annotations

from types import FunctionType
from typing import Any, Final, NoReturn

CLOSED: Final = "__forbidden__"
_MARK: Final = "<refuse>"

_tripped = list[str]()


class ForbiddenAPI(RuntimeError):
    """The student's code called an API that the assignment forbids. ``api`` is its name."""

    def __init__(self, api: str) -> None:
        super().__init__(api)
        self.api = api


class ForbiddenPackage(ForbiddenAPI, ImportError):
    """The same where a package is loaded of which all is forbidden: a library that can do without it goes on."""


def trip(api: str, kind: type[ForbiddenAPI] = ForbiddenAPI) -> NoReturn:
    """Refuse a call, and remember it: torch's scripts pass on no more of an exception than its text."""
    _tripped.append(api)
    raise kind(api)


def begin() -> None:
    """A call begins."""
    _tripped.clear()


def tripped() -> str | None:
    """What was refused in this call, if anything was."""
    return _tripped[0] if _tripped else None


def refusing(api: str) -> Any:
    """A function that takes anything and refuses."""

    def forbidden(*_: Any, **__: Any) -> NoReturn:
        trip(api)

    setattr(forbidden, CLOSED, True)
    return forbidden


def _template(*_: Any, **__: Any) -> None:
    refuse: Any = "<refuse>"
    refuse()


def close_function(function: FunctionType, api: str) -> None:
    """Give it another body: whoever holds it, by whatever name, holds this."""
    refuse = refusing(api)
    constants = tuple(refuse if constant == _MARK else constant for constant in _template.__code__.co_consts)
    layer: Any = function
    while isinstance(layer, FunctionType) and not hasattr(layer, CLOSED):
        below = getattr(layer, "__wrapped__", None)  # what a decorator was put on
        layer.__code__ = _template.__code__.replace(
            co_consts=constants, co_freevars=layer.__code__.co_freevars, co_name=layer.__name__
        )
        setattr(layer, CLOSED, True)
        layer = below


def close_below(value: Any, api: str) -> None:
    """What a decorator has put into a cache or another object."""
    inner = getattr(value, "__wrapped__", None)
    if isinstance(inner, FunctionType):
        close_function(inner, api)
