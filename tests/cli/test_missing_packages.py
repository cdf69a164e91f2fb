"""A command whose packages are missing says how they come: kafedra is on no package index."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_it_names_a_way_that_works(command: str) -> None:
    code = f"import sys; sys.modules['django'] = None; from kafedra.cli import main; main([{command!r}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert "django" in done.stderr
    assert "make setup" in done.stderr
    assert 'pip install "$(ls dist/kafedra-*.whl)[server]"' in done.stderr
    assert "Traceback" not in done.stderr
