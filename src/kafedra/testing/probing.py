"""What probes have in common: calls that report what else they did, beside their answer.

This runs in the sandbox, beside the student's code, and judges nothing; :func:`kafedra.testing.check.untouched` and
:func:`kafedra.testing.check.gradient` judge what it reports.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any, Final

_MOST_WRITTEN: Final = 64 * 1024


def watched(function: Callable[..., Any], *inputs: Any) -> tuple[Any, tuple[Any, ...], int]:
    """``function(*inputs)``; the inputs after the call; how many times a tensor among them was written to in place."""
    tensors = list(_tensors(inputs))
    before = [tensor._version for tensor in tensors]
    answer = function(*inputs)
    return answer, inputs, sum(tensor._version - version for tensor, version in zip(tensors, before, strict=True))


def gradient(
    layer: Callable[[Any], Any],
    x: Any,
    upstream: Any,
    *,
    meanwhile: Callable[[], object] = lambda: None,
) -> tuple[Any, Any, Any]:
    """The layer with a bypass beside it, as in a residual block: ``((other + layer(x)) * upstream).sum().backward()``.

    Returns ``layer(x)``, the gradient by ``x`` (``None`` if it doesn't arrive there) and that by ``other``, which must
    be equal to ``upstream``. What ``meanwhile`` does happens between forward and backward: a layer may stand in a
    network twice, and beside another one of its kind.
    """
    torch = sys.modules["torch"]
    x = x.detach().requires_grad_()
    other = torch.zeros_like(upstream).requires_grad_()
    bypass = other * 1
    y = layer(x)
    meanwhile()
    if not isinstance(y, torch.Tensor) or not y.requires_grad or y.shape != upstream.shape:
        return y, None, None
    ((bypass + y) * upstream).sum().backward()
    return y, x.grad, other.grad


def program(*command: str, stdin: str = "", seconds: float = 5.0) -> dict[str, Any]:
    """Start a program beside the student's files, one that ``[environment] programs`` of the assignment names.

    Returns ``status`` (its exit code, minus the number of a signal; None after ``seconds`` without an end), ``out`` and
    ``err``: what it wrote, the first 64 KB of each. It is over when this returns, with all that it has started in its
    process group.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=out, stderr=err, start_new_session=True)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            status = None
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.wait()
        return {"status": status, "out": _written(out), "err": _written(err)}


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(_MOST_WRITTEN).decode(errors="replace")


def _tensors(values: Any) -> Iterator[Any]:
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(values, torch.Tensor):
        yield values
    elif isinstance(values, tuple | list):
        for one in values:
            yield from _tensors(one)
    elif isinstance(values, dict):
        yield from _tensors(list(values.values()))
