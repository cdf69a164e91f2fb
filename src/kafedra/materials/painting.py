"""Figures in two themes from one drawing: drawn for light pages, then recoloured for dark ones.

Imported in the process that draws. A drawing takes its colours from matplotlib's cycle (``"C0"`` …) and its defaults;
what is of no known colour stays as it is.
"""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Callable, Iterator
from typing import Any, Final

import matplotlib as mpl
from cycler import cycler
from matplotlib import colors as mcolors
from matplotlib.artist import Artist
from matplotlib.figure import Figure

INK, PALE_INK, LINE = "#20242c", "#5b6270", "#c9ced6"
CYCLE: Final = ("#2563a8", "#c2571a", "#1b7f4d", "#8a2a6b", "#6b7280", "#9a7400")
DARK: Final = {
    INK: "#e8eaee", PALE_INK: "#a9b1bd", LINE: "#454c58", "#ffffff": "#16191f", "#000000": "#e8eaee",
    "#2563a8": "#8ab8f0", "#c2571a": "#f0a26b", "#1b7f4d": "#7fcf9f", "#8a2a6b": "#e4a3cf", "#6b7280": "#b4bbc6",
    "#9a7400": "#e0c26a",
}  # fmt: skip
_PARTS: Final = ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor")


def style() -> dict[str, Any]:
    """matplotlib's settings for a figure of the course: no background, our colours, readable on a phone."""
    return {
        "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none",
        "figure.figsize": (6.4, 3.6), "figure.constrained_layout.use": True, "font.size": 11.5,
        "text.color": INK, "axes.labelcolor": INK, "axes.titlecolor": INK, "axes.edgecolor": PALE_INK,
        "xtick.color": PALE_INK, "ytick.color": PALE_INK, "grid.color": LINE, "axes.grid": False,
        "lines.linewidth": 2.0,
        "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False, "axes.titlesize": 11.5,
        "axes.prop_cycle": cycler(color=list(CYCLE)), "axes.formatter.use_locale": False,
        "svg.hashsalt": "kafedra", "svg.fonttype": "path", "savefig.bbox": "tight", "savefig.pad_inches": 0.05,
    }  # fmt: skip


def apply_style() -> None:
    """Make `style` the settings of this process."""
    settings: Any = mpl.rcParams  # typed by the names of its keys, of which these are some
    settings.update(style())


def drawn(figure: Figure, kind: str, *, dark: bool, dpi: int = 160, trimmed: bool = True) -> bytes:
    """The figure as a file of this kind, ``svg`` or ``png``; the same bytes each time.

    ``trimmed``: without the empty margin; otherwise as large as its author said.
    """
    buffer = io.BytesIO()
    metadata: dict[str, Any] = {"Date": None} if kind == "svg" else {"Software": None}
    margin = contextlib.nullcontext() if trimmed else mpl.rc_context({"savefig.bbox": "standard"})
    with margin, dark_colours(figure) if dark else contextlib.nullcontext():
        figure.savefig(buffer, format=kind, dpi=dpi, metadata=metadata)
    return buffer.getvalue()


@contextlib.contextmanager
def dark_colours(figure: Figure) -> Iterator[None]:
    """The colours of everything in the figure for a dark page, and afterwards those of before."""
    undo = list[Callable[[], object]]()
    try:
        for artist in figure.findobj():
            undo += _recolour(artist)
            if isinstance(arrow := getattr(artist, "arrow_patch", None), Artist):  # findobj doesn't know of it
                undo += _recolour(arrow)
        yield
    finally:
        for step in reversed(undo):
            step()


def _recolour(artist: Artist) -> Iterator[Callable[[], object]]:
    for part in _PARTS:
        get, put = getattr(artist, f"get_{part}", None), getattr(artist, f"set_{part}", None)
        if get is None or put is None:
            continue
        try:
            before = get()
            after = _turned(before)
        except (TypeError, ValueError):
            continue  # no colour, or one that follows from data
        if after is not None:
            put(after)
            yield functools.partial(put, before)


def _turned(colour: Any) -> Any:
    """The colour, or the colours, for a dark page; None if nothing changes."""
    if isinstance(colour, str) and colour in ("none", "auto", "face"):
        return None
    rows = mcolors.to_rgba_array(colour)
    single = isinstance(colour, str) or (not hasattr(colour, "ndim") and not isinstance(colour, list))
    new = [_row(tuple(row)) for row in rows]
    if len(new) == 0 or all(tuple(old) == now for old, now in zip(rows, new, strict=True)):
        return None
    return new[0] if single else new


def _row(rgba: tuple[float, ...]) -> tuple[float, ...]:
    red, green, blue, opaque = rgba
    dark = DARK.get(mcolors.to_hex((red, green, blue)))
    return (red, green, blue, opaque) if dark is None else (*mcolors.to_rgb(dark), opaque)
