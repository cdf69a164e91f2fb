"""Which files are read, and what the author of an unreadable one is told."""

import json

import pytest

from kafedra.notebooks import UnusableSubmission, read_submission


def code(source: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "outputs": [{"data": {"image/png": "A" * 1000}}]}


BARE = {"cell_type": "code", "source": "x = 1"}


def test_code_cells_are_numbered_among_all_cells() -> None:
    cells = [{"cell_type": "markdown", "source": "# T"}, code(["a = 1\n", "b = 2"]), {"cell_type": "raw"}, code("c")]
    read = read_submission("w.ipynb", json.dumps({"nbformat": 4, "cells": cells}).encode())
    assert [(cell.number, cell.source) for cell in read.cells] == [(2, "a = 1\nb = 2"), (4, "c")]
    assert read.kind == "notebook"


def test_version_three_worksheets() -> None:
    sheets = [{"cells": [{"cell_type": "code", "input": ["a = 1"]}]}, {"cells": [code("b = 2")]}, None]
    read = read_submission("w.ipynb", json.dumps({"nbformat": 3, "worksheets": sheets}).encode())
    assert [cell.source for cell in read.cells] == ["a = 1", "b = 2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks(encoding: str) -> None:
    data = json.dumps({"cells": [code("x = 'ё'")]}, ensure_ascii=False).encode(encoding)
    assert read_submission("w.ipynb", data).cells[0].source == "x = 'ё'"


def test_windows_line_ends_and_a_script_in_cp1251() -> None:
    assert read_submission("w.ipynb", json.dumps({"cells": [code("a\r\nb\rc")]}).encode()).cells[0].source == "a\nb\nc"
    script = "# -*- coding: cp1251 -*-\nx = 'ё'\n"
    assert "ё" in read_submission("w.py", script.encode("cp1251")).cells[0].source


def test_a_notebook_is_known_by_its_ending_in_capitals_too() -> None:
    read = read_submission("W.IPYNB", json.dumps({"nbformat": 4, "cells": [code("x = 1")]}).encode())
    assert [cell.source for cell in read.cells] == ["x = 1"]


def test_a_magic_that_is_commented_out_is_no_mark_of_a_cell() -> None:
    read = read_submission("w.py", b"# %%\n# %%time\nx = 1\n# %%\ny = 2\n")
    assert [cell.first for cell in read.cells] == [1, 4]


def test_cells_that_are_not_cells_are_passed_over() -> None:
    cells = [
        None,
        5,
        "x",
        {},
        {"cell_type": "code"},
        {"cell_type": "code", "source": {"a": 1}},
        code(["a", None, 3, "b"]),
    ]
    read = read_submission("w.ipynb", json.dumps({"cells": cells}).encode())
    assert [cell.source for cell in read.cells] == ["ab"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("w.ipynb", b"{", "not-json"),
        ("w.ipynb", b"", "blank"),
        ("w.ipynb", b"\xef\xbb\xbf \n", "blank"),
        ("w.ipynb", b"\n<!DOCTYPE html>\n<html><head></head></html>", "web-page"),
        ("w.ipynb", b"<html lang='en'>", "web-page"),
        ("w.ipynb", b"# %%\nimport torch\n", "program"),
        ("w.ipynb", b"from torch import nn\n", "program"),
        ("w.ipynb", b"PK\x03\x04", "not-json"),
        ("w.ipynb", b"\x80\xff" * 9, "not-text"),
        ("w.ipynb", b"[1]", "not-notebook"),
        ("w.ipynb", b'{"cells": 5}', "not-notebook"),
        ("w.ipynb", b'{"cells": []}', "empty"),
        ("w.ipynb", b'{"cells": [{"cell_type": "markdown", "source": "x"}]}', "empty"),
        ("w.ipynb", b'{\n<<<<<<< HEAD\n"cells": []', "conflict"),
        ("w.ipynb", b"version https://git-lfs.github.com/spec/v1\n", "lfs"),
        ("w.ipynb", b"[" * 100_000, "too-complex"),
        ("w.ipynb", b"[" * 3_000_000, "too-complex"),
        ("w.ipynb", b'{"cells": [' + b"9" * 100_000, "not-json"),
        ("w.txt", b"x = 1", "unknown-kind"),
        ("w.py", b"\xff\xfe\x00", "not-text-program"),
        ("w.py", "# Привет\nx = 1\n".encode("cp1251"), "not-text-program"),
        ("w.py", b"\n \n", "empty-program"),
        ("w.py", b'{\n "cells": [{"cell_type": "code", "source": []}], "nbformat": 4}', "notebook-as-program"),
    ],
)
def test_an_unusable_file_is_explained_in_both_languages(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnusableSubmission) as caught:
        read_submission(name, data)
    assert caught.value.code == reason
    assert name in caught.value.message("ru")
    assert name in caught.value.message("en")


def test_fifty_megabytes_of_outputs_are_no_obstacle() -> None:
    cells = [{**code("x = 1"), "outputs": [{"text": "A" * 50_000_000}]}]
    assert read_submission("w.ipynb", json.dumps({"cells": cells}).encode()).cells[0].source == "x = 1"


@pytest.mark.parametrize("cells", [[BARE] * 100_000, [code("x" * 2_000_000)]])
def test_beyond_reason(cells: list[object]) -> None:
    with pytest.raises(UnusableSubmission) as caught:
        read_submission("w.ipynb", json.dumps({"cells": cells}).encode())
    assert caught.value.code == "too-much-code"
