"""The hooks of every repository: two one-line scripts in the data folder that start `hook.py`."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kafedra.web.pushes import hook

_NAMES = ("pre-receive", "post-receive")
_LONGEST_SOCKET_PATH = 100  # of 108 bytes that the kernel takes


@dataclass(frozen=True, slots=True)
class Hooks:
    """Where git finds the hooks, and the hooks the server."""

    folder: Path
    socket: Path


def install(data: Path) -> Hooks:
    """Write the hooks into `data` for this interpreter and choose the socket's place.

    Not into the repositories: nothing there needs to change when the server moves or is upgraded.
    """
    folder = data / "hooks"
    folder.mkdir(parents=True, exist_ok=True)
    command = shlex.join([sys.executable, "-I", "-S", str(Path(hook.__file__))])
    for name in _NAMES:
        script = folder / name
        draft = folder / f".{name}"
        draft.write_text(f"#!/bin/sh\nexec {command} {name}\n", encoding="utf-8")
        draft.chmod(0o755)
        draft.replace(script)
    return Hooks(folder, _socket(data))


def _socket(data: Path) -> Path:
    path = data / "hooks.socket"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="kafedra-")) / "hooks.socket"
