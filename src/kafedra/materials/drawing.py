"""The process that draws a topic's figures: ``python -m kafedra.materials.drawing pictures.py``.

Each public function without parameters returns one matplotlib figure, or a list of them: the frames of a picture to
leaf through, called ``name_0``, ``name_1`` … and as large as each other. All are written to standard output as JSON:
SVG by ``name.light`` and ``name.dark``.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
import warnings
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from kafedra.materials import painting


def draw(source: Path) -> dict[str, str]:
    """Every figure of ``source``, twice. Raises TypeError for a function that returns something else."""
    warnings.simplefilter("error")  # a letter that the font lacks is a warning
    mpl.rcdefaults()
    painting.apply_style()
    sys.path.insert(0, str(source.parent))
    spec = importlib.util.spec_from_file_location("topic_pictures", source)
    if spec is None or spec.loader is None:
        raise TypeError(f"{source} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pictures = dict[str, str]()
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ != spec.name or name.startswith("_"):
            continue
        drawn = function()
        frames = isinstance(drawn, list)
        for number, figure in enumerate(drawn if frames else [drawn]):
            if not isinstance(figure, Figure):
                what = f"{'a list with ' if frames else ''}{type(figure).__name__}"
                raise TypeError(f"{name}() must return a matplotlib Figure or a list of them, not {what}")
            for theme in ("light", "dark"):
                svg = painting.drawn(figure, "svg", dark=theme == "dark", trimmed=not frames)
                pictures[f"{name}_{number}.{theme}" if frames else f"{name}.{theme}"] = svg.decode()
            plt.close(figure)
    return pictures


if __name__ == "__main__":
    mpl.use("Agg")
    json.dump(draw(Path(sys.argv[1])), sys.stdout)
