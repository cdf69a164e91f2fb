"""The process that looks at an author's assignment leaves with the one who asked it to."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

WORKSHOP = [sys.executable, "-I", "-m", "kafedra.grading.inspection.workshop"]
ENDLESS = """
import pathlib
import time
pathlib.Path(r"{begun}").touch()
while True:
    time.sleep(0.05)
"""


def test_it_does_not_outlive_the_one_who_asked(tmp_path: Path) -> None:
    root = shutil.copytree(Path(__file__).parent / "plain", tmp_path / "halves")
    begun = tmp_path / "begun"
    (root / "tests/test_endless.py").write_text(ENDLESS.format(begun=begun), "utf-8")
    with subprocess.Popen(WORKSHOP, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as looking:
        assert looking.stdin is not None
        looking.stdin.write(json.dumps({"root": str(root), "tasks": ["collect"]}) + "\n")
        looking.stdin.flush()
        while not begun.exists():
            assert looking.poll() is None
            time.sleep(0.02)
        looking.stdin.close()
        try:
            assert looking.wait(60) == 0
        finally:
            looking.kill()
