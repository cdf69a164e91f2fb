"""Work on bytes from strangers, done in processes of their own: a notebook, a spreadsheet or a picture may be a bomb.

Python decodes JSON with its one lock held, and a library may take gigabytes for a file of kilobytes; either would stop
every page. So a function of ours is called in one of a few warm processes with limits on memory and on processor time,
and what comes back is data: of the classes named below, and nothing that could be called.
"""

from __future__ import annotations

import atexit
import io
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SECONDS: Final = 2  # of the processor
MEMORY_MB: Final = 400
_WORKERS: Final = 2
# What may take longer than most never has the last process: a page with a notebook or a formula finds it free.
_long = threading.BoundedSemaphore(_WORKERS - 1)
_WALL_FACTOR: Final = 15  # a busy machine is no bomb
_LONGEST_ANSWER: Final = 128 * 2**20
# Where the classes of an answer are from. A class is data here: whoever made the answer can choose no function.
_MODULES: Final = (
    "kafedra.notebooks.",
    "kafedra.web.frame.tables",
    "kafedra.web.people.roster.reading",
    "kafedra.web.frame.pictures",
    "kafedra.exam.scans",
)


class TooCostly(Exception):
    """It took more memory or time than such a thing is given, or more than the process survived."""


def apart(function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
    """`function(*arguments, **named)`, called in another process; what it raises is raised here.

    The function is found there by its name, so it is a module's own. Raises TooCostly.
    """
    return apart_within(SECONDS, MEMORY_MB, function, *arguments, **named)


def apart_within(seconds: int, memory_mb: int, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
    """The same with bounds of its own: seconds of the processor, and megabytes beyond what an idle process has."""
    asked = pickle.dumps((function, arguments, named, seconds, memory_mb))
    with _long if seconds > SECONDS else nullcontext():
        kind, value = _asked(asked, seconds * _WALL_FACTOR)
    if kind == "costly":
        raise TooCostly(str(value))
    if kind == "raised":
        raise value
    result: T = value
    return result


def _asked(request: bytes, patience: float) -> tuple[str, Any]:
    worker = _pool.get()
    try:
        return worker.ask(request, patience)
    except BaseException:
        worker.end()
        raise
    finally:
        _pool.put(worker)


def warm() -> None:
    """Start all processes now: the first page is then as fast as the others."""
    taken = [_pool.get() for _ in range(_WORKERS)]
    for worker in taken:
        worker.start()
        _pool.put(worker)


class _Worker:
    """One process, started when it is first needed and again after it had to be ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def start(self) -> Connection:
        """The line to it; nothing happens where it runs already."""
        if self._line is None:
            self._line, theirs = Pipe()
            descriptor = theirs.fileno()
            command = [sys.executable, "-I", "-m", "kafedra.web.frame.apart_worker", str(descriptor)]
            self._process = subprocess.Popen(
                command,
                pass_fds=[descriptor],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
                start_new_session=True,  # Ctrl-C in the server's terminal is the server's to answer
            )
            theirs.close()
        return self._line

    def ask(self, request: bytes, patience: float) -> tuple[str, Any]:
        """What it answers. One that was worn out by an answer is replaced by the next question."""
        line = self.start()
        try:
            line.send_bytes(request)
            if not line.poll(patience):
                self.end()
                return "costly", f"no answer in {patience} s"
            answer = line.recv_bytes(_LONGEST_ANSWER)
        except (EOFError, OSError):
            self.end()
            return "costly", "its process has ended"
        kind, value, tired = _Data(io.BytesIO(answer)).load()
        if tired:
            self.end()
        return kind, value

    def end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._line = None


class _Data(pickle.Unpickler):
    """Reads an answer: values, and objects of the classes that answers consist of."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_MODULES):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not data")


# The last one back is the first one out: it is warm.
_pool: queue.LifoQueue[_Worker] = queue.LifoQueue()
for _ in range(_WORKERS):
    _pool.put(_Worker())


@atexit.register
def _end_all() -> None:
    while not _pool.empty():
        _pool.get_nowait().end()
