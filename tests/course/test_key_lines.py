"""Every key of a TOML text is found on its line, however the text is laid out."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from kafedra.course.lines import KeyPath, key_lines


def paths_of(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_of(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths_of(inner, (*path, index))


LAYOUTS: dict[str, tuple[str, dict[KeyPath, int]]] = {
    "keys": ("a = 1\n\n# b = 2\nb = 2 # c = 3\n'c d' = 3\n", {("a",): 1, ("b",): 4, ("c d",): 5}),
    "dotted": ('a.b = 1\na . "c.d" = 2\n', {("a",): 1, ("a", "b"): 1, ("a", "c.d"): 2}),
    "tables": ("[a.b]\nc = 1\n\n[a]\nd = 2\n", {("a",): 4, ("a", "b"): 1, ("a", "b", "c"): 2, ("a", "d"): 5}),
    "arrays of tables": (
        "[[a]]\nb = 1\n[[a.c]]\nd = 1\n[[a.c]]\nd = 2\n[[a]]\nb = 2\n[a.e]\nf = 1\n",
        {("a", 0, "b"): 2, ("a", 0, "c", 1, "d"): 6, ("a", 1): 7, ("a", 1, "b"): 8, ("a", 1, "e", "f"): 10},
    ),
    "out of order": (
        "[[a]]\nb = 1\n[c]\nd = 1\n[[a]]\nb = 2\n[e]\nf = 1\n",
        {("a", 0, "b"): 2, ("c", "d"): 4, ("a", 1, "b"): 6, ("e", "f"): 8},
    ),
    "lists": (
        'a = [ # "x"\n  "x", # ]\n  [1,\n 2],\n]\nb = 1\n',
        {("a", 0): 2, ("a", 1): 3, ("a", 1, 1): 4, ("b",): 6},
    ),
    "inline tables": (
        'a = [\n  { b = "}", c = { d = 1 } },\n  { b = [ 1,\n 2 ] },\n]\n',
        {("a", 0, "c", "d"): 2, ("a", 1, "b"): 3, ("a", 1, "b", 1): 4},
    ),
    "long strings": (
        'a = """\nb = 1 \\""" ""\n"""""\nc = \'\'\'\nd = 1\n\'\'\'\'\ne = "#\\""\nf = \'\\\'\n',
        {("a",): 1, ("c",): 4, ("e",): 7, ("f",): 8},
    ),
    "dates": ("a = 2023-01-30 18:00:00+03:00 # b\nb = 2023-01-30\n", {("a",): 1, ("b",): 2}),
    "windows": ("a = 1\r\n\r\n[b]\r\nc = 1\r\n", {("a",): 1, ("b", "c"): 4}),
    "no last line end": ("a = 1\nb = [\n1]", {("a",): 1, ("b", 0): 3}),
    "nothing": ("", {(): 1}),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    text, expected = LAYOUTS[layout]
    lines = key_lines(text)
    assert set(lines) == set(paths_of(tomllib.loads(text)))
    assert {key: lines[key] for key in expected} == expected


keys = st.text(min_size=1, max_size=5)
leaves = (
    st.integers(-9, 9) | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=9) | st.dates(date(2000, 1, 1))
)
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3))


@given(st.dictionaries(keys, values, max_size=5))
def test_every_key_of_any_text_is_found(data: Mapping[str, Any]) -> None:
    text = tomlkit.dumps(data)
    assert set(key_lines(text)) == set(paths_of(tomllib.loads(text)))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_the_line_is_the_one_the_key_was_written_on(blank_lines: list[int]) -> None:
    text = ""
    expected: dict[KeyPath, int] = {}
    for index, blank in enumerate(blank_lines):
        text += "# k = 0\n" * blank + f"k{index} = 1\n"
        expected[(f"k{index}",)] = text.count("\n")
    assert key_lines(text) == {(): 1, **expected}
