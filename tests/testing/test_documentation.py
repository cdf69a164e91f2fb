"""docs/develop/tests-and-probes.md names what there is, all of it and nothing else."""

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from kafedra.grading.channel import encode
from kafedra.grading.channel.codec import HEAD_SIZE, decode, lengths
from kafedra.testing import check, plugin, probing

PAGE = (Path(__file__).parents[2] / "docs/develop/tests-and-probes.md").read_text(encoding="utf-8")


def named(section: str) -> list[str]:
    """The names in the first column of a section's table."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", text, flags=re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)[^`]*`", cell)]


def test_every_check_has_its_row() -> None:
    assert sorted(named("`check`")) == sorted(check.__all__)


def test_every_helper_of_probes_has_its_row() -> None:
    own = [
        name
        for name, value in vars(probing).items()
        if inspect.isfunction(value) and value.__module__ == probing.__name__ and not name.startswith("_")
    ]
    assert sorted(named("What a probe gets and gives")) == sorted(own)


def test_every_fixture_has_its_row() -> None:
    tree = ast.parse(inspect.getsource(plugin))
    fixtures = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and any("fixture" in ast.unparse(one) for one in node.decorator_list)
    ]
    assert sorted(named("Fixtures")) == sorted(set(fixtures))


def rows(section: str) -> list[tuple[str, str]]:
    """Functions of a section's table with their arguments."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)\((.*?)\)` \|", text, flags=re.MULTILINE)


@pytest.mark.parametrize(("section", "owner"), [("`check`", check), ("What a probe gets and gives", probing)])
def test_the_arguments_are_those_that_they_take(section: str, owner: ModuleType) -> None:
    for name, arguments in rows(section):
        taken = inspect.signature(getattr(owner, name)).parameters.keys()
        assert set(re.findall(r"(\w+)=", arguments)) <= taken, name


def _crossed(value: object) -> object:
    frame = encode(value)
    structure, blob = lengths(frame[:HEAD_SIZE], len(frame))
    return decode(frame[HEAD_SIZE : HEAD_SIZE + structure], frame[HEAD_SIZE + structure : HEAD_SIZE + structure + blob])


@pytest.mark.parametrize(
    "value",
    [None, True, 10**30, 0.5, 1 + 2j, "кот", b"\x00", [1, [2]], (1, (2,)), {"a": 1, 2: "b", None: 0, b"c": True}],
    ids=repr,
)
def test_what_the_page_says_crosses_does(value: object) -> None:
    assert _crossed(value) == value
    assert type(_crossed(value)) is type(value)


def test_arrays_cross_and_numpy_numbers_become_pythons() -> None:
    array = np.arange(6, dtype=np.int16).reshape(2, 3)
    crossed = _crossed(array)
    assert isinstance(crossed, np.ndarray)
    assert crossed.dtype == array.dtype
    assert (crossed == array).all()
    assert type(_crossed(np.float64(0.5))) is float


@pytest.mark.parametrize("value", [{1, 2}, object(), len, iter(())], ids=["set", "object", "function", "iterator"])
def test_what_the_page_says_does_not_cross_does_not(value: object) -> None:
    with pytest.raises(TypeError, match=type(value).__name__):
        encode(value)
