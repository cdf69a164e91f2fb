"""A made-up conversation with the judge, held once in the warm process before any student's code is there.

Python 3.11 rewrites the instructions of a function while it runs its first times, and torch looks for a lot on its
first call: in a process that is forked for every submission, each would do all of that again, in pages of its own.
"""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator
from typing import Any, Final

from kafedra.grading.channel import Channel
from kafedra.grading.guest.runtime import serve

_TIMES: Final = 12  # an instruction settles within its first ten or so
_CALLS: Final = 4
_PROBES: Final = "def forward(student, name, x):\n    return student[name]()(x)\n"
_PLAIN: Final = "class Same:\n    def __call__(self, x):\n        return x\n"
_MODULE: Final = """\
import torch
from torch import nn
class Same(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(8))
    def forward(self, x):
        return torch.where(x > 0, x, torch.exp(x) - 1).clamp(min=0) * self.weight.mean()
"""


def practise() -> None:
    """Answer questions as they come from a judge, and leave no trace but warm code. Seeds the random states."""
    torch = sys.modules.get("torch")
    text, value = (_PLAIN, 1.0) if torch is None else (_MODULE, torch.ones(8, 8))
    for _ in range(_TIMES):
        ours, theirs = socket.socketpair()
        with ours, theirs, _as_it_was():
            judge = Channel(ours)
            for question in _questions(text, value):
                judge.send(question)
            ours.shutdown(socket.SHUT_WR)
            serve(Channel(theirs, strided=True))


def _questions(text: str, value: Any) -> Iterator[dict[str, Any]]:
    last = text.count("\nfrom") + text.startswith("import")
    rests_on = {"Same": list(range(last + 1))}
    given = {"probes": _PROBES, "forbidden": [], "output_chars": 100, "files": {}, "file": ""}
    yield {"id": 1, **given, "module": text, "rests_on": rests_on}
    yield {"id": 2, "load": rests_on["Same"], "seed": 0}
    for number in range(_CALLS):
        yield {"id": 3 + number, "probe": "forward", "args": ("Same", value), "kwargs": {}, "seed": number}


@contextlib.contextmanager
def _as_it_was() -> Iterator[None]:
    main, finders, streams = sys.modules["__main__"], list(sys.meta_path), (sys.stdout, sys.stderr)
    try:
        yield
    finally:
        for name in ("submission", "probes"):
            sys.modules.pop(name, None)
        sys.modules["__main__"], sys.meta_path[:] = main, finders
        sys.stdout, sys.stderr = streams
