"""The one who looks: hands assignments to a workshop process, one by one, and hears what is wrong with each."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from kafedra.course import Assignment, Problem
from kafedra.grading.faults import SandboxUnavailable
from kafedra.grading.inspection.memory import Memory
from kafedra.grading.sandbox.interpreter import find_interpreter

SECONDS: Final = 180.0  # of one assignment: libraries are loaded, pictures drawn, tests collected
_BUILD, _COLLECT = "build", "collect"


def inspect(
    assignments: Iterable[Assignment], *, memory: Memory | None = None, gently: bool = False
) -> Iterator[tuple[Assignment, tuple[Problem, ...]]]:
    """Each assignment with its problems, as they are found; files are named relative to the assignment's folder.

    What ``memory`` knows to be well is not looked at again. ``gently``: whatever else the machine does comes first.
    """
    with _Inspector(gently) as inspector:
        for assignment in assignments:
            if memory is not None and memory.was_well(assignment):
                yield assignment, ()
                continue
            problems = inspector.problems(assignment)
            if memory is not None and not problems:
                memory.note(assignment)
            yield assignment, problems


class _Inspector:
    """Looks at assignments one after another; libraries that several of them need are loaded once."""

    def __init__(self, gently: bool) -> None:
        self._gently = gently
        self._workshops: dict[str, _Workshop] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        for workshop in self._workshops.values():
            workshop.close()

    def problems(self, assignment: Assignment) -> tuple[Problem, ...]:
        """Everything that is wrong with it, sorted by place."""
        python = assignment.environment.python
        if python is None:
            return self._ask(sys.executable, assignment, _BUILD, _COLLECT)
        try:
            other = find_interpreter(python).executable
        except SandboxUnavailable as error:
            return (*self._ask(sys.executable, assignment, _BUILD), _about_interpreter(str(error)))
        return (*self._ask(sys.executable, assignment, _BUILD), *self._ask(other, assignment, _COLLECT))

    def _ask(self, executable: str, assignment: Assignment, *tasks: str) -> tuple[Problem, ...]:
        if executable not in self._workshops:
            self._workshops[executable] = _Workshop(executable, self._gently)
        answer = self._workshops[executable].ask({"root": str(assignment.root.resolve()), "tasks": tasks})
        if isinstance(answer, str):
            return (Problem(Path("tests"), None, "", None, answer),)
        return tuple(Problem(Path(one.pop("file")), **one) for one in answer)


def _about_interpreter(message: str) -> Problem:
    return Problem(Path("assignment.toml"), None, "environment.python", None, message)


class _Workshop:
    """A process that is started when it is first asked, and anew when the author's code has ended it."""

    def __init__(self, executable: str, gently: bool) -> None:
        self._command = [executable, "-I", "-m", "kafedra.grading.inspection.workshop", *(["gently"] if gently else [])]
        self._process: subprocess.Popen[str] | None = None
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed by `close`

    def ask(self, request: dict[str, Any]) -> list[dict[str, Any]] | str:
        """The problems that it found, or a text that says why there is no answer."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        impatience = threading.Timer(SECONDS, process.kill)
        impatience.daemon = True
        impatience.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
            answer = process.stdout.readline()
            if answer:
                found: list[dict[str, Any]] = json.loads(answer)
                return found
            return self._explained(process, took_too_long=not impatience.is_alive())
        finally:
            impatience.cancel()

    def close(self) -> None:
        self._end()
        self._log.close()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            variables = {**os.environ, "MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env=variables,
                text=True,
                encoding="utf-8",
            )
        return self._process

    def _explained(self, process: subprocess.Popen[str], *, took_too_long: bool) -> str:
        self._end()
        if took_too_long:
            return f"took more than {SECONDS:.0f} s to load: an endless loop outside of the tests?"
        self._log.seek(0)
        words = self._log.read().strip().splitlines()[-1:]
        said = f": {words[0]}" if words else ""
        return f"looking at it ended the process (exit code {process.returncode}){said}"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
