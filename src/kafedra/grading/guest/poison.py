"""Forbidden APIs, made unusable in the sandbox.

The judge decides what is forbidden from the syntax tree. This is the second net: it catches
``getattr(torch, "re" + "lu")`` and ``x.relu()``, which no syntax tree shows.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterable, Sequence
from types import FunctionType, ModuleType
from typing import Any, NoReturn


class ForbiddenAPI(RuntimeError):
    """The student's code called an API that the assignment forbids. ``api`` is its name."""

    def __init__(self, api: str) -> None:
        super().__init__(api)
        self.api = api


def poison(apis: Iterable[str]) -> None:
    """Replace each API by one that raises :class:`ForbiddenAPI`; a trailing ``.*`` means every public member.

    Those of a module that is loaded later, or once more, are replaced as soon as it is there.
    """
    listed = tuple(apis)
    _spread(listed)
    if listed:
        sys.meta_path.insert(0, _Watch(listed))


class _Watch(importlib.abc.MetaPathFinder):
    """Lets the other finders find the modules that have forbidden APIs, and poisons them when they have run."""

    def __init__(self, apis: tuple[str, ...]) -> None:
        self._apis = apis

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
            spec.loader = _Poisoning(spec.loader, fullname, concerned)
        return spec


class _Poisoning(importlib.abc.Loader):
    """Another loader, after which the poison is spread."""

    def __init__(self, loader: importlib.abc.Loader, name: str, apis: tuple[str, ...]) -> None:
        self._loader = loader
        self._name = name
        self._apis = apis

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        _spread(self._apis)
        _spread(self._apis, self._name, module)  # which need not be the one that everybody knows by the name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


def _spread(apis: Iterable[str], name: str = "", module: ModuleType | None = None) -> None:
    """In what is loaded; or in ``module``, which is called ``name``."""
    for api in apis:
        path, _, last = api.rpartition(".")
        owner = _resolve(path) if module is None else _below(module, path.removeprefix(name).split("."))
        if owner is None:
            continue
        for member in _public_callables(owner) if last == "*" else [last]:
            if hasattr(owner, member):
                _replace(owner, member, f"{path}.{member}")


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
