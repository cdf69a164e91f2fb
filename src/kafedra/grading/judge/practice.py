"""Made-up submissions, judged in the warm process before it is forked: their verdicts are thrown away.

Imports, pytest's plugins and torch's first comparison cost a second. And Python 3.11 rewrites the instructions of a
function while it runs its first times: a judge forked from a process that has judged before does neither, and keeps
more of its memory in common with the others.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Final, NoReturn

from kafedra.course import load_assignment
from kafedra.grading.channel import Channel
from kafedra.grading.judge.exchange import Death
from kafedra.grading.judge.verdict import Job, judge

_TIMES: Final = 6
_SLUG: Final = "practice"
_DESCRIPTION: Final = f"""slug = "{_SLUG}"
title = "Practice"
summary = "What a judge does is done before."
points = 4
requires = ["First", "Second", "third", "fourth"]
"""
_PROBES: Final = "def given(student, name, x):\n    return student[name]()(x)\n"
_TESTS: Final = '''"""Practice."""

import probes
import pytest

{given}
@pytest.mark.points("1")
@pytest.mark.parametrize("name", ["First", "Second", "third", "fourth"])
def test_returns(submission, name):
    """What was given comes back."""
    assert same(submission.call(probes.given, name, X), X)
'''
_PLAIN: Final = """X = 1.0


def same(one, other):
    return one == other

"""
_TENSORS: Final = """import torch

X = torch.ones(8, 8)


def same(one, other):
    torch.testing.assert_close(one, other)
    return torch.allclose(one, other, atol=1e-6)

"""
_SUBMISSION: Final = """\
import math
from math import pi

SCALE = 0.5 * pi


class First:
    def __init__(self, width=SCALE):
        self.width = width

    def __call__(self, x):
        return x if x is not None else math.sqrt(self.width)


class Second(First):
    def __call__(self, x):
        return super().__call__(x)


def third():
    return First()


def fourth():
    return [third() for _ in range(2)][0]


for step in range(10):
    print(step, fourth()(step))
"""


def practise() -> None:
    """Judge. Raises :class:`RuntimeError` where pytest does not run here."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, _SLUG)
        _write(root)
        assignment = load_assignment(root)
        for seed in range(_TIMES):
            report = judge(assignment, Job({f"{_SLUG}.py": _SUBMISSION.encode()}, _Echo(), seed))
            if report.points != report.max_points:
                raise RuntimeError(f"the judge does not work here: {report}")
            for name in [name for name in sys.modules if f"{_SLUG}.tests" in name or name.endswith("test_practice")]:
                del sys.modules[name]


def _write(root: Path) -> None:
    given = _TENSORS if "torch" in sys.modules else _PLAIN
    files = {
        "assignment.toml": _DESCRIPTION,
        "probes.py": _PROBES,
        "tests/test_practice.py": _TESTS.format(given=given),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


class _Echo:
    """In place of the sandbox: a child that answers every call with its last argument, and runs nothing."""

    def start(self) -> Channel:
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            ours.close()
            _answer(Channel(theirs))
        theirs.close()
        return Channel(ours)

    def end(self, *, dying: bool) -> Death:
        del dying
        return Death("killed", 0)

    def leave(self) -> None:
        """It goes when the channel is closed."""

    def waited(self) -> float:
        return 0.0


def _answer(channel: Channel) -> NoReturn:
    try:
        while True:
            question = channel.receive()
            answer = {"id": question["id"], "printed": "", "failed": [], "asked": []}
            channel.send({**answer, "value": question.get("args", (None,))[-1]})
    finally:  # with Closed, mostly
        os._exit(0)
