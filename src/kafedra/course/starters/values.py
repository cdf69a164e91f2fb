"""Which values an assignment is about, and how texts are written in TOML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Flavour = Literal["python", "numpy", "torch"]
Shape = Literal["script", "files", "c", "shell", "essay"]
Mistake = tuple[str, str, str, str]  # what is wrong, which test catches it, the text before and after


def toml(text: str) -> str:
    """A text as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def mutant_files(base: str, mistakes: Mapping[str, Mistake]) -> dict[str, str]:
    """A mutant for each mistake: no more than what it changes in the solution ``base``."""
    head = "# what: {}\n# caught_by: test_{}\n# base: {}\n# replace: {} -> {}\n"
    return {
        f"mutants/{name}.py": head.format(wrong, test, base, before, after)
        for name, (wrong, test, before, after) in mistakes.items()
    }
