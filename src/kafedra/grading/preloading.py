"""Loading an assignment's modules once, in a process that is forked for every submission.

A library does as it likes while it is loaded: it writes temporary files and caches, asks other programs, starts threads
and processes. Files have a place that no submission sees, threads do not survive a fork, processes are ended here.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kafedra.grading import packets
from kafedra.walls import libc

_MOST_TEXT: Final = 400  # characters of an exception


def preload(names: Sequence[str], control: socket.socket) -> None:
    """Import the modules, telling the worker which one is next; ends this process if one can't be loaded.

    To be called before children are left to the kernel to reap: who asks another program wants to know how it ended.
    """
    libc.become_subreaper()
    gc.disable()  # what is loaded stays: looking through it for garbage took a sixth of the time
    for name in names:
        packets.send(control, {"loading": name})
        try:
            importlib.import_module(name)
        except BaseException as error:  # noqa: BLE001 - sys.exit() included; the worker says it in a sentence
            absent = isinstance(error, ModuleNotFoundError) and f"{name}.".startswith(f"{error.name}.")
            packets.send(control, {"failed": name, "cause": _sentence(error), "absent": absent})
            os._exit(1)
    _end_children()
    packets.send(control, {"loading": None})


def _sentence(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:_MOST_TEXT].removesuffix(": ")


def _end_children() -> None:
    """Kill and reap what the modules have started: it would be looked upon as part of every submission.

    Orphans come to us as children, so nothing is left when there are none.
    """
    while children := list(_children()):
        for pid in children:
            os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):  # a thread of the module's has waited for it
                os.waitpid(pid, 0)


def _children() -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if int((entry / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1]) == os.getpid():
                    yield int(entry.name)
