"""Which Python an assignment runs on, and the folders that it needs to see."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kafedra.grading.faults import SandboxUnavailable
from kafedra.walls.refusal import Refusal, Step

_SECONDS: Final = 60
_ASK: Final = """
import json, os, site, sys
import kafedra
folders = {sys.prefix, sys.base_prefix, *site.getsitepackages(), os.path.dirname(kafedra.__file__)}
# other environments' packages that a .pth file adds; never a project's folder, which may hold a course
folders |= {path for path in sys.path if path.endswith(("site-packages", "dist-packages"))}
folders.add(os.path.dirname(os.path.dirname(os.path.realpath(sys.executable))))
found = {"folders": folders, "search_path": {*sys.path, os.path.dirname(kafedra.__file__)}}
found = {name: sorted(filter(os.path.isdir, paths)) for name, paths in found.items()}
print(json.dumps({"executable": sys.executable, **found}))
"""


@dataclass(frozen=True)
class Interpreter:
    """An executable and the folders of its library, its packages and kafedra's own.

    ``search_path``: where it looks for modules, and kafedra's own folder; a part of it may lie outside ``folders``.
    """

    executable: str
    folders: tuple[Path, ...]
    search_path: tuple[Path, ...] = ()


@functools.cache
def find_interpreter(path: str | None) -> Interpreter:
    """The interpreter at ``path``, or this one. Raises :class:`SandboxUnavailable` if it can't import kafedra."""
    executable = path or sys.executable
    try:
        done = subprocess.run(
            [executable, "-I", "-c", _ASK], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except BlockingIOError as error:  # what fork says when there are too many processes
        raise SandboxUnavailable.because(Refusal(Step.PROCESS, error.errno or 0, f"fork: {error.strerror}")) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxUnavailable(f"the assignment's interpreter {executable} does not run: {error}") from None
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise SandboxUnavailable(
            f"the assignment's interpreter {executable} can't import kafedra ({reason[0]}): "
            f"{executable} -m pip install kafedra"
        )
    facts = json.loads(done.stdout)
    return Interpreter(facts["executable"], *(tuple(map(Path, facts[name])) for name in ("folders", "search_path")))
