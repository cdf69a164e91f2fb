"""What lies beside the student's code: the other files that were handed in, and the data that the course gives.

They lie in the current folder, so that a program opens them by the names that they have in the repository, and modules
among them can be imported; whatever is installed is found before them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_LONGEST_NAME: Final = 200


def lay_out(contents: Mapping[str, bytes]) -> None:
    """Write the files, by their paths, into the current folder."""
    here = Path.cwd()
    for name, data in contents.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if any(name.endswith(".py") for name in contents) and str(here) not in sys.path:
        sys.path.append(str(here))
        sys.dont_write_bytecode = True


def lines(error: BaseException) -> list[list[str | int]]:
    """The lines of these files that the exception passed through, outermost first: path and number."""
    here = f"{Path.cwd()}{os.sep}"
    found: list[tuple[str, int]] = []
    traceback = error.__traceback__
    while traceback is not None:
        found.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        found.append((error.filename, error.lineno))
    own = [(name.removeprefix(here), number) for name, number in found if name.startswith(here)]
    return [[name[:_LONGEST_NAME].replace(os.sep, "/"), number] for name, number in own]
