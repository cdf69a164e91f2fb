"""What every notebook finds in Jupyter, for code that was written there: ``display``, ``get_ipython`` and the like.

Showing prints, everything else does nothing, quietly. Without IPython in the environment, imports of it give the same;
without tqdm there are bars that nobody sees.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any, Final, Self

_STANDS_IN_FOR: Final = ("IPython", "IPython.display", "IPython.core", "IPython.core.display")
BARS: Final = ("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.notebook", "tqdm.std")


def display(*values: Any, **_: Any) -> _Shown:
    """Print what Jupyter would draw."""
    for value in values:
        print(repr(value))  # noqa: T201 - printing is the point
    return _Shown()


def added_to(cls: type) -> Callable[[Any], Any]:
    """A decorator that makes a method of a function; a function of the module under the same name stays there."""

    def attach(function: Any) -> Any:
        setattr(cls, function.__name__, function)
        return function.__globals__.get(function.__name__, function)

    return attach


class _Shown:
    """Whatever is asked of it, it is there and does nothing."""

    def __init__(self, *values: Any, **_: Any) -> None:
        self._value = values[0] if values else None

    def __repr__(self) -> str:
        return repr(self._value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None


class Bar:
    """A progress bar that goes through its iterable and draws nothing."""

    def __init__(self, iterable: Any = None, *_: Any, total: float | None = None, **__: Any) -> None:
        self.iterable, self.total = iterable, total
        self.n: float = 0

    def __iter__(self) -> Iterator[Any]:
        return iter(self.iterable)

    def __len__(self) -> int:
        return int(self.total or 0) if self.iterable is None else len(self.iterable)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def update(self, n: float = 1) -> None:
        """So much is done."""
        self.n += n

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None

    @staticmethod
    def write(text: str, **_: Any) -> None:
        """Print a line beside the bar."""
        print(text)  # noqa: T201 - printing is the point


def _range_of(*ends: int, **_: Any) -> Bar:
    return Bar(range(*ends))


class _StandIn(ModuleType):
    """A module of IPython's: what it shows is a value with a ``repr``, what it does is nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Shown if name[:1].isupper() else (lambda *_, **__: None)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Comes last: a real IPython is found before."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        del path, target
        if fullname not in (*_STANDS_IN_FOR, *BARS):
            return None
        return importlib.util.spec_from_loader(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return ModuleType(spec.name) if spec.name in BARS else _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ in BARS:
            module.__dict__.update(tqdm=Bar, trange=_range_of, tqdm_notebook=Bar, tnrange=_range_of)
        else:
            module.__dict__.update(display=display, get_ipython=_Shown)


def names() -> dict[str, Any]:
    """The names of a fresh notebook; imports of IPython and tqdm find something from now on."""
    sys.meta_path.append(_Finder())
    empty = dict.fromkeys(("_", "__", "___", "_i", "_ii", "_iii"), "")
    lists: dict[str, Any] = {"In": [""], "Out": {}, "_ih": [""], "_oh": {}}
    return {**empty, **lists, "display": display, "get_ipython": _Shown, "__added_to__": added_to}
