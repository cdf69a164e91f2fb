"""`make lock` writes down what is installed, for machines where another build of torch is."""

from __future__ import annotations

import subprocess

import pytest
from tests.setup.conftest import Tree
from tests.setup.index import Index, wheel


@pytest.mark.parametrize("build", ["cpu", "default"])
def test_what_was_locked_installs_again_with_all_that_the_set_up_needs(
    tree: Tree, index: Index, cpu: Index, build: str
) -> None:
    setuptools = wheel("setuptools", "84.2.1")
    cpu.wheels |= dict([setuptools])
    index.wheels |= dict([setuptools, wheel("torch", "2.13.0", ["nvidia_card", "setuptools>=77"])])
    cpu.wheels |= dict([wheel("torch", "2.13.0+cpu", ["lamp", "setuptools>=77"])])
    constraints = tree.root / "constraints.txt"
    before = constraints.read_text().split()
    code, said = tree.setup("develop", TORCH=build)
    assert code == 0, said
    code, said = tree.setup("lock")
    assert code == 0, said
    comment, *pins = constraints.read_text().splitlines()
    assert comment.startswith("# ")
    assert pins == sorted([*before, "bench==1.0", "lamp==1.0", "setuptools==84.2.1"])
    index.wheels |= dict([wheel("setuptools", "99.0"), wheel("lamp", "2.0")])
    python = tree.root / ".venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "lamp", "setuptools"], check=True)
    code, said = tree.setup("develop", TORCH=build)
    assert code == 0, said
    assert (tree.has("lamp"), tree.has("setuptools")) == ("1.0", "84.2.1")
