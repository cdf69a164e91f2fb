"""The other side of `apart`: a process that calls what it is asked to, within limits, until the line is closed.

It trusts the server, which names the function; it does not trust the function's arguments.
"""

from __future__ import annotations

import math
import os
import pickle
import resource
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_MOST_CALLS = 2000
_GROWN_BYTES = 128 * 2**20  # what is kept after a call: caches, and memory that does not go back
_FAR = 120  # seconds of the processor beyond those used: no limit between two calls


def main(descriptor: int) -> None:
    """Answer questions until there are no more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    _prepare()
    began = _size()
    with Connection(descriptor) as line:
        for number in range(1, _MOST_CALLS + 1):
            try:
                asked = line.recv_bytes()
            except EOFError:
                return
            kind, value = _answer(*pickle.loads(asked))  # noqa: S301  # the server itself asks
            tired = number == _MOST_CALLS or kind == "costly" or _size() - began > _GROWN_BYTES
            line.send_bytes(_packed(kind, value, tired))


def _prepare() -> None:
    """What most questions need is loaded before the first."""
    from kafedra.notebooks import document, rendering  # noqa: F401  # loaded, not used


def _answer(function: Any, arguments: Any, named: Any, seconds: int, memory_mb: int) -> tuple[str, Any]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = math.ceil(used.ru_utime + used.ru_stime) + seconds
    _limit(resource.RLIMIT_CPU, cpu)  # the kernel ends the process, and the server sees that
    _limit(resource.RLIMIT_AS, _size() + memory_mb * 2**20)
    try:
        return "value", function(*arguments, **named)
    except (MemoryError, RecursionError) as error:
        return "costly", type(error).__name__
    except Exception as error:  # noqa: BLE001  # whatever it is, it is raised again on the other side
        return "raised", error
    finally:
        _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)
        _limit(resource.RLIMIT_CPU, cpu + _FAR)


def _packed(kind: str, value: Any, tired: bool) -> bytes:
    try:
        return pickle.dumps((kind, value, tired), pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
        return pickle.dumps(("costly", f"{type(error).__name__}: {error}", True))


def _limit(what: int, value: int) -> None:
    resource.setrlimit(what, (value, resource.getrlimit(what)[1]))


def _size() -> int:
    """Bytes of address space."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
