"""Packages of which nothing is left: ``torch.*`` forbids the package, not only what it shows at its front door.

Each of its modules goes from the list of loaded ones, and none is loaded again, whichever of Python's loaders is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Any

from kafedra.grading.guest import holders
from kafedra.grading.guest.refusing import ForbiddenPackage, trip

_closed = set[str]()


def close(packages: Collection[str]) -> None:
    """Take these packages away. What somebody holds of them already is not forgotten."""
    if not packages:
        return
    _closed.update(packages)
    for name in [name for name in sys.modules if _package(name) in _closed]:
        del sys.modules[name]
    holders.forget(lambda owner: _package(_home(owner)) in _closed)


def refuse_to_load(module: Any) -> None:
    """Before a loader runs a module."""
    name = getattr(getattr(module, "__spec__", None), "name", None) or module.__name__
    if _package(name) in _closed:
        trip(f"{_package(name)}.*", ForbiddenPackage)


def _package(name: Any) -> str:
    return name.partition(".")[0] if isinstance(name, str) else ""


def _home(owner: Any) -> Any:
    return owner.__module__ if isinstance(owner, type) else getattr(owner, "__name__", "")
