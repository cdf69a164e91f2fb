"""Modules that are loaded after the poison was spread: what of them is forbidden, is so as soon as they are there."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

Spread = Callable[[Sequence[str], str, ModuleType], None]


def watch(apis: Sequence[str], spread: Spread) -> None:
    """Call ``spread`` with those of ``apis`` that a module has, its name, and the module, when it has run."""
    sys.meta_path.insert(0, _Watch(tuple(apis), spread))


class _Watch(importlib.abc.MetaPathFinder):
    """Lets the other finders find the modules that have forbidden APIs, and has the poison spread in them."""

    def __init__(self, apis: tuple[str, ...], spread: Spread) -> None:
        self._apis = apis
        self._spread = spread

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        concerned = tuple(api for api in self._apis if api.startswith(f"{fullname}."))
        if not concerned:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        found = (finder.find_spec(fullname, path, target) for finder in others)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _Poisoning(spec.loader, fullname, concerned, self._spread)
        return spec


class _Poisoning(importlib.abc.Loader):
    """Another loader, after which the poison is spread."""

    def __init__(self, loader: importlib.abc.Loader, name: str, apis: tuple[str, ...], spread: Spread) -> None:
        self._loader = loader
        self._name = name
        self._apis = apis
        self._spread = spread

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._spread(self._apis, self._name, module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)
