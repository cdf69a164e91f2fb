"""A clone of the tests' assignment, and `kafedra check` in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ASSIGNMENT = Path(__file__).parents[1] / "grading" / "assignment"
PLAIN = ASSIGNMENT.with_name("plain")  # without torch, which takes seconds to load
GOOD = "def half(x):\n    return x * 0.5\n\ndef double(x):\n    return x + x\n"
WRONG = "def half(x):\n    print('hello')\n    return x\n\ndef double(x):\n    return x + x\n"


def run(folder: Path, *options: str, more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **(more or {})}
    command = [sys.executable, "-m", "kafedra", "check", str(folder), *options]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, timeout=200
    )


def cloned_from(folder: Path, address: str) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "remote", "add", "origin", address], check=True)
