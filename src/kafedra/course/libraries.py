"""Which libraries an assignment needs, read off what its own files import: nobody has to list them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

# what every assignment has, or what runs it
_ALWAYS_THERE: Final = frozenset({"kafedra", "pytest", "probes", "IPython"})
# module -> what pip calls it, where that is another name
_DISTRIBUTIONS: Final = {
    "Bio": "biopython",
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}


def imported_modules(paths: Iterable[Path], *, own: Iterable[Path]) -> tuple[str, ...]:
    """Modules of other people's that the Python files ``paths`` import at their top, sorted; ``own`` are none of them.

    ``a.b`` is left out where ``a`` is imported too.
    A file that can't be read as Python imports nothing: whoever runs it says what is wrong.
    """
    mine = {path.stem for path in own} | _ALWAYS_THERE | sys.stdlib_module_names
    found = {module for path in paths for module in _imports(path)}
    foreign = {module for module in found if module.partition(".")[0] not in mine}
    return tuple(sorted(module for module in foreign if "." not in module or module.partition(".")[0] not in foreign))


def packages_of(modules: Iterable[str]) -> tuple[str, ...]:
    """What pip installs these modules from, sorted."""
    tops = {module.partition(".")[0] for module in modules}
    return tuple(sorted({_DISTRIBUTIONS.get(top, top) for top in tops}, key=str.lower))


def _imports(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
