"""Bytes of strangers are read in processes of their own: bombs stop nobody, and what comes back is data."""

from __future__ import annotations

import io
import os
import pickle
import threading
import time
from pathlib import Path

import pytest

from kafedra.notebooks import UnusableSubmission
from kafedra.notebooks.document import Notebook, NotebookCell, read_notebook
from kafedra.web.frame.apart import TooCostly, _Data, apart, apart_within
from kafedra.web.frame.prose import prose
from kafedra.web.frame.tables import UnreadableTable
from kafedra.web.people.roster.reading import read

NUMBERS = b'{"cells": [], "metadata": {"x": [' + b"1," * 3_900_000 + b"1]}}"  # as many as are parsed at all


def test_the_answer_is_the_functions_own() -> None:
    data = b'{"cells": [{"cell_type": "code", "source": "x = 1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    assert apart(read_notebook, "a.ipynb", data) == read_notebook("a.ipynb", data)
    with pytest.raises(UnusableSubmission) as refused:
        apart(read_notebook, "a.ipynb", b"{")
    assert refused.value.code == "not-json"
    assert "a.ipynb" in refused.value.message("ru")


def test_while_millions_of_numbers_are_read_other_threads_go_on() -> None:
    ended = threading.Event()

    def bomb() -> None:
        try:
            with pytest.raises((TooCostly, UnusableSubmission)):
                apart_within(1, 100, read_notebook, "a.ipynb", NUMBERS)
        finally:
            ended.set()

    reader = threading.Thread(target=bomb)
    reader.start()
    asked = time.process_time()
    while not ended.is_set():
        ended.wait(0.01)
    reader.join()
    assert time.process_time() - asked < 0.7, "this process only waited; it takes seconds of the other one"
    assert apart(read_notebook, "a.py", b"x = 1").cells, "and the next one is answered"


def test_what_may_take_long_leaves_a_process_to_what_does_not(tmp_path: Path) -> None:
    pipes = [tmp_path / "one", tmp_path / "two"]
    for pipe in pipes:
        os.mkfifo(pipe)
    long = [threading.Thread(target=apart_within, args=(3, 100, Path.read_bytes, one), daemon=True) for one in pipes]
    long[0].start()
    with pipes[0].open("wb"):  # opens when the other process reads it
        long[1].start()
        assert apart(len, "short") == 5
        assert all(one.is_alive() for one in long), "it was answered beside them, not after them"
    with pipes[1].open("wb"):
        long[0].join()
    long[1].join()


def test_a_list_of_commas_is_refused() -> None:
    with pytest.raises(UnreadableTable):
        read(b"login\n" + b"," * 1_999_000)


def test_prose_is_remembered_and_safe() -> None:
    html = prose("**a** <script> $x^2$")
    assert "<strong>a</strong>" in html
    assert "<script>" not in html
    assert prose("**a** <script> $x^2$") is html


class Chosen:
    """What somebody who took the other process over would answer."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("taken over",)


@pytest.mark.parametrize("answer", [Chosen(), prose, pickle.loads], ids=["a call", "a function", "a loader"])
def test_an_answer_that_is_no_data_is_not_read(answer: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        _Data(io.BytesIO(pickle.dumps(answer))).load()
    kept = Notebook((NotebookCell(1, "code", "x"),))
    assert _Data(io.BytesIO(pickle.dumps(kept))).load() == kept
