"""What is run in a kernel before the first cell: one core, no network, figures in both themes."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
from typing import Any, Final

DARK_PICTURE: Final = "application/vnd.kafedra.dark+png"


def prepare() -> None:
    """Called once, in the kernel."""
    with contextlib.suppress(AttributeError, OSError):  # not every system can hold a process to one core
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    _close_the_network()
    _paint()


def _close_the_network() -> None:
    def refuse(host: Any, *_args: Any, **_options: Any) -> Any:
        raise OSError(f"no network in a seminar: {host!r} was asked for")

    socket.getaddrinfo = refuse
    socket.create_connection = refuse  # type: ignore[assignment]  # takes anything, gives nothing


def _paint() -> None:
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        return  # a seminar without pictures
    from IPython import get_ipython
    from IPython.core.formatters import BaseFormatter
    from traitlets import ObjectName, Unicode

    from kafedra.materials import painting

    class DarkFormatter(BaseFormatter):
        format_type = Unicode(DARK_PICTURE)
        print_method = ObjectName("_repr_dark_")

    shell = get_ipython()
    # the inline backend sets its own taste when it is first used: let it, and then ours
    shell.run_line_magic("matplotlib", "inline")
    painting.apply_style()
    formatters = shell.display_formatter.formatters
    formatters[DARK_PICTURE] = DarkFormatter(parent=shell.display_formatter)
    formatters[DARK_PICTURE].for_type(Figure, lambda one: _encoded(painting.drawn(one, "png", dark=True)))
    formatters["image/png"].for_type(Figure, lambda one: painting.drawn(one, "png", dark=False))


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()
