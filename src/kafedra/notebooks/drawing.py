"""The process that draws the pictures of an assignment: ``python -m kafedra.notebooks.drawing pictures.py``.

Writes a JSON object to standard output: file names and, in base64, their bytes. Where the file says
``DECIMAL = ","``, the numbers along the axes have commas, as the text around them does.
"""

from __future__ import annotations

import base64
import importlib.util
import inspect
import io
import json
import sys
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

_DPI = 110


def draw(source: Path) -> dict[str, str]:
    """Every figure of ``source`` as a PNG in base64, by file name."""
    mpl.rcdefaults()  # the taste of whoever runs the build must not show
    spec = importlib.util.spec_from_file_location("assignment_pictures", source)
    if spec is None or spec.loader is None:
        raise TypeError(f"{source} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    functions = inspect.getmembers(module, inspect.isfunction)
    own = [(name, function) for name, function in functions if function.__module__ == spec.name]
    decimal = getattr(module, "DECIMAL", ".")
    return {f"{name}.png": _png(name, function(), decimal) for name, function in own if not name.startswith("_")}


class _Numbers(ScalarFormatter):
    """The usual numbers along an axis, with another decimal sign."""

    def __init__(self, decimal: str) -> None:
        super().__init__()
        self._decimal = decimal

    def __call__(self, x: float, pos: int | None = None) -> str:
        return str(super().__call__(x, pos)).replace(".", self._decimal)


def _png(name: str, figure: object, decimal: str) -> str:
    if not isinstance(figure, Figure):
        raise TypeError(f"{name}() must return a matplotlib Figure, not {type(figure).__name__}")
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        if decimal != "." and type(axis.get_major_formatter()) is ScalarFormatter:
            axis.set_major_formatter(_Numbers(decimal))
    buffer = io.BytesIO()
    # matplotlib signs its files with its version unless told not to
    figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()


if __name__ == "__main__":
    json.dump(draw(Path(sys.argv[1])), sys.stdout)
