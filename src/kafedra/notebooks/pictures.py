"""Expected pictures: `pictures.py` of an assignment draws them, each build makes the same bytes.

A public function without parameters returns one matplotlib figure; ``relu()`` becomes
``pictures/relu.png``. The drawing runs in a process of its own, so that a server that hands out
assignments keeps neither matplotlib in memory nor its global state.
"""

from __future__ import annotations

import base64
import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kafedra.course import Problem
from kafedra.notebooks.percent import BuildError

FOLDER: Final = "pictures"
_SECONDS: Final = 60
_SOURCE: Final = Path("pictures.py")
_LINE: Final = re.compile(r'File "[^"]*pictures\.py", line (\d+)')


def draw_pictures(assignment_root: Path) -> Mapping[str, bytes]:
    """``relu.png`` → its bytes; empty if the assignment has no ``pictures.py``. Raises :class:`BuildError`."""
    source = assignment_root / "pictures.py"
    if not source.is_file():
        return {}
    return _drawn(source.resolve(), source.read_bytes())


@functools.lru_cache(maxsize=32)
def _drawn(source: Path, content: bytes) -> Mapping[str, bytes]:
    del content  # part of the key: an edited file is drawn again
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
    hint = " (pip install 'kafedra[course]')" if "No module named" in traceback else ""
    message = f"can't be drawn{hint}: {said[-1] if said else 'the process ended without a word'}"
    return Problem(_SOURCE, int(lines[-1]) if lines else None, "", None, message)
