"""Putting a solution into a notebook as a student would."""

from __future__ import annotations

import json

from kafedra.notebooks import extract, read_submission
from kafedra.web.demo.notebook import filled_in

MODULE = '''# what: the author's secret
"""Docstring."""

import math
from dataclasses import dataclass


def helper(x):
    return x + 1


@dataclass
class First:
    value: int = helper(1)


second = First
'''


def notebook(*sources: str) -> bytes:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
        for n, text in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def test_definitions_replace_stubs_and_the_rest_comes_before_the_first() -> None:
    blank = notebook("%matplotlib inline", "class First:\n    ...", "print(1)", "def second():\n    ...")
    sources = ["".join(cell["source"]) for cell in json.loads(filled_in(blank, MODULE, ["First", "second"]))["cells"]]
    assert sources[0] == "%matplotlib inline"
    assert "import math" in sources[1]
    assert sources[1].index("def helper") < sources[1].index("@dataclass\nclass First")
    assert sources[2:] == ["print(1)", "second = First"]
    assert "secret" not in "".join(sources)


def test_what_has_no_stub_gets_a_cell_of_its_own() -> None:
    filled = filled_in(notebook("class First:\n    ..."), MODULE, ["First", "second"])
    taken = extract(read_submission("n.ipynb", filled), ["First", "second"])
    assert not taken.missing
