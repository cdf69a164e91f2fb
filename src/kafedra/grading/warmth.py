"""The last steps of a process that is going to be forked for every submission, once everything is loaded."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_HUGE: Final = 2 * 2**20  # bytes of a huge page
_MADV_COLLAPSE: Final = 25  # Linux 6.1; before that the kernel refuses, and nothing is lost


def settle() -> None:
    """Keep the garbage collector off what is here, and put it into huge pages.

    A collector that looks at the heap in a child copies it page by page. And a fork copies the table of all pages that
    were ever written: with torch loaded, huge pages make it, and the end of the child, cost half.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    libc = ctypes.CDLL(None)
    for address in list(_written_ranges()):
        libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(_HUGE), _MADV_COLLAPSE)


def _written_ranges() -> Iterator[int]:
    """Where each huge page would begin, in memory that belongs to no file."""
    for line in Path("/proc/self/maps").read_text("ascii", errors="replace").splitlines():
        addresses, rights, _offset, _device, inode, *name = line.split()
        if "w" not in rights or inode != "0" or (name and name[0] != "[heap]"):
            continue
        first, last = (int(address, 16) for address in addresses.split("-"))
        yield from range(-(-first // _HUGE) * _HUGE, last // _HUGE * _HUGE, _HUGE)
