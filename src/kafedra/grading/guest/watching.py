"""Modules that are loaded after the poison was spread: what of them is forbidden, is so as soon as they are there.

Every way of loading one ends with its loader's ``exec_module``: an import, a second copy out of a specification, a
loader that somebody makes for a file. So that is what is watched, for each of Python's own loaders.
"""

from __future__ import annotations

import sys
import zipimport
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import machinery
from types import ModuleType
from typing import Any, Final

from kafedra.grading.guest import packages

Spread = Callable[[Sequence[str], str, ModuleType], None]

_LOADERS: Final = (
    machinery.SourceFileLoader,
    machinery.SourcelessFileLoader,
    machinery.ExtensionFileLoader,
    machinery.BuiltinImporter,
    machinery.FrozenImporter,
    zipimport.zipimporter,
)


def watch(apis: Sequence[str], spread: Spread) -> None:
    """Call ``spread`` with those of ``apis`` that a module has, its name, and the module, when it has run."""
    watched = _Watch(apis, spread)
    for owner in dict.fromkeys(map(_owner, _LOADERS)):
        held = vars(owner)["exec_module"]
        if isinstance(held, staticmethod | classmethod):
            followed: Any = type(held)(_followed(held.__func__, watched.look))
        else:
            followed = _followed(held, watched.look)
        owner.exec_module = followed  # type: ignore[attr-defined]  # Python's own loaders: that is the point


def _owner(loader: type) -> type:
    """The class that has the method which this one uses: it can be called there, too."""
    return next(cls for cls in loader.__mro__ if "exec_module" in vars(cls))


def _followed(run: Callable[..., Any], look: Callable[..., None]) -> Callable[..., None]:
    def exec_module(*arguments: Any) -> None:
        packages.refuse_to_load(arguments[-1])
        run(*arguments)
        look(*arguments)

    return exec_module


class _Watch:
    """Knows a module by its name and by its file, whatever name somebody gives to that."""

    def __init__(self, apis: Sequence[str], spread: Spread) -> None:
        self._spread = spread
        self._apis = dict[str, list[str]]()  # by the name of each module that they may be in
        for api in apis:
            for place in _places(api):
                self._apis.setdefault(place, []).append(api)
        loaded: Mapping[str, ModuleType] = sys.modules
        files = ((getattr(loaded.get(name), "__file__", None), name) for name in self._apis)
        self._files: dict[Any, str] = {file: name for file, name in files if file}

    def look(self, *arguments: Any) -> None:
        """After a loader, if it is an object, has run a module."""
        loader, module = arguments[0], arguments[-1]
        file = getattr(loader, "path", None)
        specification = getattr(module, "__spec__", None)
        names = (getattr(specification, "name", None), getattr(loader, "name", None), module.__name__)
        for name in dict.fromkeys((*names, self._files.get(file))):
            if name in self._apis:
                self._files.setdefault(file, name)
                self._spread(self._apis[name], name, module)


def _places(api: str) -> Iterator[str]:
    """``a.b.c``: it may be in ``a.b``, and in ``a``."""
    while (api := api.rpartition(".")[0]) != "":
        yield api
