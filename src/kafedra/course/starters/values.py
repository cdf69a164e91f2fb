"""Which values an assignment is about, and how texts are written in TOML."""

from __future__ import annotations

from typing import Literal

Flavour = Literal["python", "numpy", "torch"]


def toml(text: str) -> str:
    """A text as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
