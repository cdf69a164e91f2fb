"""A forbidden class, closed with all that inherits from it: ``isinstance`` with it keeps meaning what it meant.

Who inherits from it and sets it up without its ``__init__`` must not get its ``forward`` or ``step``, nor what is below
these: a private method, a static one, what a library's own heir (an observed, a quantized, a lazy one) has made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType
from typing import Any, NoReturn

from kafedra.grading.guest import holders
from kafedra.grading.guest.refusing import close_function, refusing, trip


def close_class(cls: type, api: str) -> None:
    """The class itself, so that every path to it is closed, and its heirs, those to come as well."""
    try:
        _close_methods(cls, api)
        cls.__init__ = refusing(api)  # type: ignore[misc]  # that is the point
        _follow_heirs(cls, api)
    except (AttributeError, TypeError):  # a class of C does not take it
        holders.replace(cls, _Closed(cls.__name__, (), {"number": id(cls), "api": api}))
    if type(vars(cls).get("__new__")).__name__ == "builtin_function_or_method":
        holders.unmake(cls)


def _close_methods(cls: type, api: str) -> None:
    for function in _own_methods(cls):
        close_function(function, api)


def _own_methods(cls: type) -> Iterator[FunctionType]:
    for name, value in list(vars(cls).items()):
        function = value.__func__ if isinstance(value, staticmethod | classmethod) else value
        if isinstance(function, FunctionType) and not (name.startswith("__") and name.endswith("__")):
            yield function


def _follow_heirs(cls: type, api: str) -> None:
    for heir in _heirs(cls):
        _close_methods(heir, api)
    own = vars(cls).get("__init_subclass__")

    def closed_too(heir: Any, /, **named: Any) -> None:
        if own is None:
            super(cls, heir).__init_subclass__(**named)  # type: ignore[arg-type]  # which class it is shows at run time
        else:
            own.__func__(heir, **named)
        _close_methods(heir, api)

    cls.__init_subclass__ = classmethod(closed_too)  # type: ignore[method-assign, assignment]  # that is the point


def _heirs(cls: type) -> Iterator[type]:
    children: list[type] = type.__subclasses__(cls)
    for heir in children:
        yield heir
        yield from _heirs(heir)


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
