"""Where the loaded modules and classes hold an object that can't be changed itself: a function or a class of C.

A function of Python is changed in place and is then the same wherever somebody kept it. One of C is not, so each place
that holds it has to hold something else. The warm process looks once, for all submissions.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType, MethodType, ModuleType
from typing import Any, Final

_IMMUTABLE: Final = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE
# where CPython's PyTypeObject has what makes an instance, and what tells that it is laid out as we think
_NEW, _VECTORCALL, _BASIC_SIZE, _FLAGS = 312, 400, 32, 168
_NOT_HERE: Final = (FunctionType, MethodType, ModuleType, property, classmethod)

Place = tuple[Any, str]  # a module or a class, and the name there

_places: dict[int, list[Place]] = {}


_seen = set[int]()


def remember() -> None:
    """Look at all that is loaded now and was not looked at before."""
    look_at([module for module in list(sys.modules.values()) if id(module) not in _seen])


def look_at(modules: Iterable[Any]) -> None:
    """Add what these modules and their classes hold."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # objects that are still there to say that they are not to be used
        _look_at(modules)


def _look_at(modules: Iterable[Any]) -> None:
    classes = dict[int, type]()
    for module in modules:
        _seen.add(id(module))
        if isinstance(module, ModuleType):
            for name, value in list(vars(module).items()):
                _note(module, name, value)
                if isinstance(value, type):
                    classes.setdefault(id(value), value)
                    classes.update((id(base), base) for base in value.__mro__)
                elif not isinstance(value, _NOT_HERE) and type(value).__module__ == "torch._C":
                    classes.setdefault(id(type(value)), type(value))  # torch._C._VariableFunctions is an object
    for cls in classes.values():
        for name, value in list(vars(cls).items()):
            _note(cls, name, value)


def _note(owner: Any, name: str, value: Any) -> None:
    if isinstance(value, staticmethod):
        value = value.__func__
    if isinstance(value, type):
        if not value.__flags__ & _IMMUTABLE:
            return
    elif isinstance(value, _NOT_HERE) or not callable(value):
        return
    places = _places.setdefault(id(value), [])
    if (owner, name) not in places[-3:]:
        places.append((owner, name))


def forget(leaving: Callable[[Any], bool]) -> None:
    """Know nothing more of what these modules and classes hold."""
    for number, places in list(_places.items()):
        _places[number] = [place for place in places if not leaving(place[0])]


def replace(original: Any, by: Any) -> None:
    """Wherever ``original`` is held under a name, ``by`` is from now on."""
    for owner, name in _holding(original):
        if isinstance(owner, type):
            held = vars(owner)[name]
            _write(owner, name, staticmethod(by) if isinstance(held, staticmethod) else by)
        else:
            owner.__dict__[name] = by


def unmake(cls: type) -> None:
    """Have a class of C make no more instances, whoever finds it: among the subclasses of another, in a type's base."""

    def word(offset: int) -> ctypes.c_ssize_t:
        return ctypes.c_ssize_t.from_address(id(cls) + offset)

    if word(_BASIC_SIZE).value != cls.__basicsize__ or word(_FLAGS).value != cls.__flags__:
        return  # another Python: it is replaced under its names all the same
    [names] = gc.get_referents(vars(cls))
    names.pop("__new__", None)
    word(_NEW).value = word(_VECTORCALL).value = 0
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(cls))
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(cls))  # it stays, so that its `id` stays its own


def _holding(original: Any) -> Iterator[Place]:
    if not _seen:  # no warm process has done it
        remember()
    for owner, name in _places.get(id(original), ()):
        held = vars(owner).get(name)
        if held is original or (isinstance(held, staticmethod) and held.__func__ is original):
            yield owner, name


def _write(cls: type, name: str, value: Any) -> None:
    """Set an attribute, of a class of C too: its own dictionary is what the read-only view refers to."""
    if not cls.__flags__ & _IMMUTABLE:
        type.__setattr__(cls, name, value)
        return
    [names] = gc.get_referents(vars(cls))
    names[name] = value
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(cls))
