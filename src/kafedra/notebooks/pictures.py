"""Expected pictures: `pictures.py` of an assignment draws them, each build makes the same bytes.

A public function without parameters returns one matplotlib figure; ``relu()`` becomes
``pictures/relu.png``. The drawing runs in a process of its own, so that a server that hands out
assignments keeps neither matplotlib in memory nor its global state. What was drawn once is kept in the
user's cache until a file of the assignment changes: nobody waits for it after each start.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kafedra.course import Problem
from kafedra.notebooks.installing import with_part
from kafedra.notebooks.percent import BuildError
from kafedra.notebooks.shelf import Shelf, contents, files_below, key_of, versions

FOLDER: Final = "pictures"
_SECONDS: Final = 60
_SOURCE: Final = Path("pictures.py")
_LINE: Final = re.compile(r'File "[^"]*pictures\.py", line (\d+)')
_PACKAGES: Final = ("matplotlib", "numpy", "scikit-learn", "torch")


def draw_pictures(assignment_root: Path) -> Mapping[str, bytes]:
    """``relu.png`` → its bytes; empty if the assignment has no ``pictures.py``. Raises :class:`BuildError`."""
    if not (assignment_root / _SOURCE).is_file():
        return {}
    root = assignment_root.resolve()
    return _drawn(root, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files_below(root)))


@functools.lru_cache(maxsize=32)
def _drawn(root: Path, files: tuple[tuple[Path, int, int], ...]) -> Mapping[str, bytes]:
    del files  # part of the key: what is edited is looked at again
    return kept_or_drawn(root, _in_a_process)


def kept_or_drawn(root: Path, draw: Callable[[Path], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """What ``draw`` makes of the `pictures.py` in ``root``; not asked if these very files were drawn before.

    A picture may show what any of them says: many call the functions that tests compare with.
    """
    shelf = Shelf("pictures")
    key = key_of((sys.version.encode(), _drawer(), *versions(_PACKAGES), *contents(root)))
    with contextlib.suppress(ValueError):  # what is there was cut, or is somebody else's
        if (kept := shelf.get(key)) is not None:
            return {name: base64.b64decode(data) for name, data in json.loads(kept).items()}
    drawn = draw(root / _SOURCE)
    shelf.put(key, json.dumps({name: base64.b64encode(data).decode() for name, data in drawn.items()}).encode())
    return drawn


@functools.cache
def _drawer() -> bytes:
    return Path(__file__).with_name("drawing.py").read_bytes()


def _in_a_process(source: Path) -> Mapping[str, bytes]:
    environment = {**os.environ, "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "kafedra.notebooks.drawing", str(source)]
    try:
        drawn = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        message = f"can't be drawn: it took more than {_SECONDS} s"
        raise BuildError([Problem(_SOURCE, None, "", None, message)]) from None
    if drawn.returncode != 0:
        raise BuildError([undrawn(drawn.stderr)])
    return {name: base64.b64decode(data) for name, data in json.loads(drawn.stdout).items()}


def undrawn(traceback: str) -> Problem:
    """What a drawing that failed says, and the line of pictures.py that it failed on."""
    lines = _LINE.findall(traceback)
    said = traceback.strip().splitlines()
    hint = f" ({with_part('course')})" if "No module named" in traceback else ""
    message = f"can't be drawn{hint}: {said[-1] if said else 'the process ended without a word'}"
    return Problem(_SOURCE, int(lines[-1]) if lines else None, "", None, message)
