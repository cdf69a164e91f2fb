"""Code written to break the one who reads it: it costs its own cell, never the grader."""

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.notebooks import UnusableSubmission, extract, read_submission

HOSTILE = {
    "parentheses": "x = " + "(" * 90_000,
    "minuses": "x = " + "-" * 90_000 + "1",
    "attributes": "x = a" + ".b" * 40_000,
    "calls": "x = f" + "()" * 40_000,
    "sum": "x = " + "+".join("a" * 40_000),
    "conditions": "x = " + "1 if a else " * 8000 + "2",
    "lambdas": "x = " + "lambda: " * 11_000 + "1",
    "branches": "if x:\n pass\n" + "elif x:\n pass\n" * 6000,
    "digits": "x = " + "9" * 90_000,
    "hexadecimal": "x = 0x" + "9" * 90_000,
    "power": "x = 9 ** 9 ** 9 ** 9",
    "repetition": "x = 'a' * 10 ** 12",
    "null": "x = 1\0",
    "surrogate": "x = '\ud800'",
    "interpolations": "x = f'" + "{x}" * 30_000 + "'",
    "indentation": "\n".join(" " * depth + "if x:" for depth in range(200)),
    "quotes": "!" + "'" * 50_000 + '"' * 49_999,
    "backslashes": "!x\n" + "\\" * 90_000,
    "spaces": "%x\n" + " " * 90_000 + "=",
    "questions": "??\n" + "? " * 45_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_costs_its_cell_and_no_time(name: str) -> None:
    cells = [{"cell_type": "code", "source": source} for source in ("Layer = 1", HOSTILE[name])]
    started = time.perf_counter()
    module = extract(read_submission("w.ipynb", json.dumps({"cells": cells}).encode()), ["Layer", "x"])
    assert time.perf_counter() - started < 3
    assert "Layer = 1\n" in module.text


def test_a_chain_of_definitions_longer_than_the_stack() -> None:
    chain = "\n".join(f"a{i} = a{i + 1}" for i in range(4000)) + "\na4000 = 1"
    module = extract(read_submission("w.py", chain.encode()), ["a0"])
    assert module.text.startswith("a4000 = 1\na3999 = a4000\n")


def test_a_name_redefined_thousands_of_times() -> None:
    source = read_submission("w.py", b"x = 1\n" + b"x += 1\n" * 4000)
    assert extract(source, ["x"]).text.count("x += 1") == 4000


COUNT = 4000
LONG = {
    "a family as long as the notebook": (
        "class C0:\n def __init_subclass__(cls): T[1] = cls",
        *(f"class C{number + 1}(C{number}): pass" for number in range(COUNT)),
        f"T = {{}}\nLayer = (C0, T, C{COUNT})",
    ),
    "as wide": (
        "class C0:\n def __init_subclass__(cls): T[1] = cls",
        *(f"class C{number + 1}(C0): pass" for number in range(COUNT)),
        "T = {}\nLayer = (C0, T)",
    ),
    "a function hidden again and again": (
        "def Layer(): return sum([])",
        *["sum = sum or 0"] * COUNT,
        *["sum = 0"] * COUNT,
    ),
    "settings": ("import sys", *["sys.setrecursionlimit(5000)"] * COUNT, "Layer = 1"),
}


@pytest.mark.parametrize("lines", LONG.values(), ids=LONG.keys())
def test_long_notebooks_cost_no_more_than_their_length(lines: tuple[str, ...]) -> None:
    source = "".join(f"# %%\n{line}\n" if number % 10 == 0 else f"{line}\n" for number, line in enumerate(lines))
    started = time.process_time()
    assert extract(read_submission("w.py", source.encode()), ["Layer"]).missing == ()
    assert time.process_time() - started < 5


def test_too_many_statements() -> None:
    cells = [{"cell_type": "code", "source": "a=1\n" * 9000} for _ in range(3)]
    source = read_submission("w.ipynb", json.dumps({"cells": cells}).encode())
    with pytest.raises(UnusableSubmission):
        extract(source, ["a"])


@given(st.lists(st.text(alphabet=st.sampled_from("ab='\"\\\n %!?#()[]{}:;,.\t")), max_size=4))
def test_any_text_is_read_without_a_crash(sources: list[str]) -> None:
    cells = [{"cell_type": "code", "source": source} for source in [*sources, "Layer = 1"]]
    module = extract(read_submission("w.ipynb", json.dumps({"cells": cells}).encode()), ["Layer"])
    assert module.missing == ()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("w.ipynb", "w.py"):
        with contextlib.suppress(UnusableSubmission):
            extract(read_submission(name, data), ["Layer"])
