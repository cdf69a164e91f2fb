"""Which build of torch the set-up takes, from where, and what it says about it."""

from __future__ import annotations

import pytest
from tests.setup.conftest import Tree
from tests.setup.index import Index, never_answering, refusing, wheel

NVIDIA = 'echo "GPU 0: a card"'


def test_the_cpu_build_comes_from_its_own_index_and_nothing_else_does(tree: Tree, index: Index, cpu: Index) -> None:
    code, said = tree.setup()
    assert code == 0, said
    assert (tree.has("torch"), tree.has("lamp"), tree.has("bench")) == ("2.13.0+cpu", "1.0", "")
    assert "PyTorch 2.13.0+cpu from 127.0.0.1" in said
    assert "to download: about" in said
    assert "ready after" in said
    assert not [path for path in index.asked if "files/torch" in path]
    assert not [path for path in cpu.asked if "torch" not in path]
    code, said = tree.setup("develop")
    assert code == 0, said
    assert (tree.has("torch"), tree.has("bench")) == ("2.13.0+cpu", "1.0")


@pytest.mark.parametrize("silent", [False, True], ids=["nobody listens", "nobody answers"])
def test_an_index_of_cpu_builds_that_can_t_be_reached_costs_seconds(tree: Tree, silent: bool) -> None:
    with never_answering() as address:
        code, said = tree.setup(TORCH_INDEX=address if silent else refusing())
    assert code == 0, said
    assert (tree.has("torch"), tree.has("nvidia_card")) == ("2.13.0", "13.0")
    assert "from the package index, because 127.0.0.1 has no 2.13.0 or can't be reached" in said
    assert "to download: about 3." in said or "to download: about 2." in said


def test_a_card_or_a_word_takes_the_default_build_and_back(tree: Tree, cpu: Index) -> None:
    tree.program("nvidia-smi", NVIDIA)
    code, said = tree.setup()
    assert code == 0, said
    assert "because of the GPU" in said
    assert tree.has("torch") == "2.13.0"
    assert not cpu.asked
    code, said = tree.setup(TORCH="cpu")
    assert code == 0, said
    assert (tree.has("torch"), tree.has("nvidia_card")) == ("2.13.0+cpu", "")
    tree.program("nvidia-smi", "exit 9")
    code, said = tree.setup()
    assert "PyTorch 2" not in said, "what is there will do"


def test_what_torch_can_be(tree: Tree) -> None:
    code, said = tree.setup(TORCH="default")
    assert code == 0, said
    assert "as TORCH=default asks" in said
    assert tree.has("torch") == "2.13.0"
    code, said = tree.setup(TORCH="rocm")
    assert (code, "'cpu' or 'default'" in said) == (1, True)


@pytest.mark.parametrize("version", ["2.13.0+cpu", "2.13.0"])
def test_a_build_that_pip_is_configured_with_is_the_one(tree: Tree, cpu: Index, version: str) -> None:
    folder = tree.root / "wheels"
    folder.mkdir()
    name, content = wheel("torch", version)
    (folder / name).write_bytes(content)
    (tree.root / "pip.conf").write_text(f"[global]\nfind-links = {folder.as_uri()}\n")
    code, said = tree.setup(PIP_CONFIG_FILE=str(tree.root / "pip.conf"))
    assert code == 0, said
    assert f"PyTorch {version}, which pip is configured with here" in said
    assert (tree.has("torch"), tree.has("nvidia_card")) == (version, "")
    assert not cpu.asked


def test_other_places_that_pip_looks_into_are_not_asked_for_the_cpu_build(tree: Tree) -> None:
    folder = tree.root / "wheels"
    folder.mkdir()
    name, content = wheel("torch", "2.13.0+evil")  # to pip a later version than +cpu
    (folder / name).write_bytes(content)
    (tree.root / "pip.conf").write_text(f"[global]\nfind-links = {folder.as_uri()}\n")
    code, said = tree.setup(TORCH="cpu", PIP_CONFIG_FILE=str(tree.root / "pip.conf"), PIP_FIND_LINKS=folder.as_uri())
    assert code == 0, said
    assert tree.has("torch") == "2.13.0+cpu"
