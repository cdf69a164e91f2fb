"""The last steps of a process that is going to be forked for every submission, once everything is loaded."""

from __future__ import annotations

import ctypes
import gc
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_HUGE: Final = 2 * 2**20  # bytes of a huge page
_MADV_COLLAPSE: Final = 25  # Linux 6.1; before that the kernel refuses, and nothing is lost
_ENTRY: Final = 8  # bytes for each page in /proc/self/pagemap; the last one's highest bit says that the page is there


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
    """Where each huge page would begin, in memory that belongs to no file and of which at least half is in use."""
    for line in Path("/proc/self/maps").read_text("ascii", errors="replace").splitlines():
        addresses, rights, _offset, _device, inode, *name = line.split()
        if "w" not in rights or inode != "0" or (name and name[0] != "[heap]"):
            continue
        first, last = (int(address, 16) for address in addresses.split("-"))
        places = range(-(-first // _HUGE) * _HUGE, last // _HUGE * _HUGE, _HUGE)
        yield from (address for address in places if _share_in_use(address) >= 0.5)


def _share_in_use(address: int) -> float:
    """Of the pages in a huge page's place, how many are there. Source: Linux's admin-guide/mm/pagemap.rst."""
    page = resource.getpagesize()
    try:
        with Path("/proc/self/pagemap").open("rb", buffering=0) as pagemap:
            pagemap.seek(address // page * _ENTRY)
            entries = pagemap.read(_HUGE // page * _ENTRY)
    except OSError:  # a kernel that doesn't tell
        return 1.0
    return sum(byte >> 7 for byte in entries[_ENTRY - 1 :: _ENTRY]) * page / _HUGE
