"""`make wheel`: what a server is installed from, by a line that takes whatever wheel is in `dist/`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

MAKEFILE = Path(__file__).parents[2] / "Makefile"


def test_the_wheel_of_an_earlier_version_goes(tmp_path: Path) -> None:
    shutil.copy(MAKEFILE, tmp_path)
    builder = tmp_path / "python"
    builder.write_text('#!/bin/sh\ntest "$2 $3" = "pip wheel" && touch dist/kafedra-0.2.0-py3-none-any.whl\n')
    builder.chmod(0o755)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "kafedra-0.1.0-py3-none-any.whl").touch()
    made = ["make", "--silent", "wheel", f"PYTHON={builder}"]
    done = subprocess.run(made, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "dist/kafedra-0.2.0-py3-none-any.whl\n"), done.stderr
