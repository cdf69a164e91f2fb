"""The one notebook that everybody grades, and its four tests as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "assignment"

SOLUTION: Final = """\
import torch
from torch import nn


class MyReLU(nn.Module):
    def forward(self, x):
        return x.clamp(min=0)


class MyLeakyReLU(nn.Module):
    def forward(self, x):
        return torch.where(x > 0, x, 0.01 * x)


class MySigmoid(nn.Module):
    def forward(self, x):
        return 1 / (1 + torch.exp(-x))


class MyELU(nn.Module):
    def forward(self, x):
        return torch.where(x > 0, x, torch.expm1(x.clamp(max=0)))
"""

# class of the student -> class of torch that it must equal
TESTS: Final = {"MyReLU": "ReLU", "MyLeakyReLU": "LeakyReLU", "MySigmoid": "Sigmoid", "MyELU": "ELU"}


def comparison(mine: str, theirs: str) -> str:
    """One test as a peer runs it: in the student's own process."""
    return f"x = torch.randn(64, 64)\nassert torch.allclose({mine}()(x), torch.nn.{theirs}()(x), atol=1e-6)"


def cell(source: str, **metadata: Any) -> dict[str, Any]:
    """A code cell of a version 4 notebook."""
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}


def notebook(*cells: dict[str, Any]) -> str:
    """A whole notebook."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(document)
