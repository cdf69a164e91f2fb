"""Answers the judge's calls: runs a probe beside the student's code and returns what it returned."""

from __future__ import annotations

import ast
import io
import random
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

from kafedra.grading.channel import Channel, Closed, NotPlain, encode
from kafedra.grading.guest import files, poison, refusing
from kafedra.grading.guest.poison import Changed
from kafedra.grading.guest.program import FILENAME, MissingName, Program
from kafedra.grading.guest.refusing import ForbiddenAPI

_MAX_TEXT: Final = 2000
_MAX_FRAMES: Final = 30
_MAX_FAILED: Final = 50
_WITHOUT_CHANCE: Final = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class _Printed(io.TextIOBase):
    """Keeps the last ``limit`` characters of what was printed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._text = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        self._text = (self._text + text[-self._limit :])[-self._limit :]
        return len(text)

    def take(self) -> str:
        text, self._text = self._text, ""
        return text


def serve(channel: Channel) -> None:
    """Handle requests until the judge closes the channel: first the probes, then definitions to load, and calls."""
    request = channel.receive()
    printed = _Printed(request["output_chars"])
    sys.stdout = sys.stderr = printed
    probes = ModuleType("probes")
    if not _attempt(channel, request["id"], printed, lambda: _prepare(probes, request)):
        return
    program = Program(request["module"], request["rests_on"], request["file"])
    while True:
        try:
            request = channel.receive()
        except Closed:
            return
        if "load" in request:
            _load(channel, request, program, printed)
        else:
            _answer(channel, request, getattr(probes, request["probe"]), program, printed)


def _attempt(channel: Channel, number: int, printed: _Printed, action: Callable[[], None]) -> bool:
    """Do it and say how it went."""
    failure: dict[str, Any] = {"value": None}
    try:
        action()
    except Exception as error:  # noqa: BLE001 - the judge hears of it, whatever it is
        failure = _failure(error)
    channel.send({"id": number, "printed": printed.take(), **failure})
    return "error" not in failure


def _prepare(probes: ModuleType, request: Mapping[str, Any]) -> None:
    files.lay_out(request["files"])
    # a submission that imports `probes` gets these, whatever file of that name it ships
    sys.modules["probes"] = probes
    exec(compile(request["probes"], "probes.py", "exec"), probes.__dict__)
    poison.poison(request["forbidden"])


def _load(channel: Channel, request: Mapping[str, Any], program: Program, printed: _Printed) -> None:
    """Run statements; before each one the judge hears which it is, so that it knows which one never ended."""

    def before_each(number: int, node: ast.stmt) -> None:
        channel.send({"id": request["id"], "running": number})
        if not isinstance(node, _WITHOUT_CHANCE):
            seed_everything(request["seed"] + number)

    try:
        failed = program.load(request["load"], before_each)
        answer: dict[str, Any] = {"failed": [[number, _description(error)] for number, error in failed[:_MAX_FAILED]]}
    except Exception as error:  # noqa: BLE001 - the text itself can't be read
        answer = _failure(error)
    channel.send({"id": request["id"], "printed": printed.take(), **answer})


def _answer(
    channel: Channel,
    request: Mapping[str, Any],
    probe: Callable[..., Any],
    program: Program,
    printed: _Printed,
) -> None:
    seed_everything(request["seed"])
    refusing.begin()
    program.take_asked()  # what an earlier call asked for before it raised is not this probe's
    try:
        value = probe(program, *request["args"], **request["kwargs"])
        told = {"id": request["id"], "printed": printed.take(), "asked": program.take_asked()}
        frame = encode({**told, "value": value})
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are answers too
        frame = encode({"id": request["id"], "printed": printed.take(), **_failure(error)})
    channel.send_encoded(frame)


def seed_everything(seed: int) -> None:
    """Every call starts from the same random state, whatever ran before it."""
    random.seed(seed)
    if (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.seed(seed % 2**32)
    if (torch := sys.modules.get("torch")) is not None:
        _seed_torch(torch, seed)


def _seed_torch(torch: Any, seed: int) -> None:
    """``torch.manual_seed`` also notes, with a stack trace of its own, to seed each card that may yet be found.

    A build that can't find any saves the time of it in every call.
    """
    finds_cards = any(getattr(torch.version, kind, None) for kind in ("cuda", "hip", "xpu"))
    (torch.manual_seed if finds_cards else torch.default_generator.manual_seed)(seed)


def _failure(error: BaseException) -> dict[str, Any]:
    return {"error": _description(error)}


def _description(error: BaseException) -> dict[str, Any]:
    kinds = {
        MissingName: "missing",
        ForbiddenAPI: "forbidden",
        MemoryError: "memory",
        NotPlain: "not_plain",
        Changed: "changed",
    }
    kind = next((name for cls, name in kinds.items() if isinstance(error, cls)), "exception")
    builtin_bases = [cls.__name__ for cls in type(error).__mro__ if cls.__module__ == "builtins"]
    text = _text(error)
    if kind == "exception" and (api := refusing.tripped()) is not None:  # it came out as something else
        kind, text = "forbidden", api
    return {
        "kind": kind,
        "type": type(error).__name__[:100],
        "bases": builtin_bases[:10],
        "text": text,
        "lines": _student_lines(error),
        "beside": files.lines(error)[-_MAX_FRAMES:],
    }


def _text(error: BaseException) -> str:
    try:
        return str(error)[:_MAX_TEXT]
    except Exception:  # noqa: BLE001 - a student's __str__ may do anything
        return ""


def _student_lines(error: BaseException) -> list[int]:
    """The lines of the student's module that the exception passed through, outermost first."""
    lines: list[int] = []
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == FILENAME:
            lines.append(traceback.tb_lineno)
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.filename == FILENAME and error.lineno:
        lines.append(error.lineno)
    return lines[-_MAX_FRAMES:]
