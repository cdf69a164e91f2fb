"""From what came back, or did not, to a failure with words for the student.

Everything that the sandbox says of an error is the student's to forge. Of a hidden test therefore nothing is passed
on that the judge does not know by itself: no text of an exception, no invented names, one line number.
"""

from __future__ import annotations

import builtins
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.judge.forbidden import Use, forbidden_names, matching_ban
from kafedra.grading.judge.source import StudentSource
from kafedra.testing.failures import (
    ForbiddenUse,
    MissingDefinition,
    SubmissionCrash,
    SubmissionError,
    SubmissionFailure,
    SubmissionMemory,
    SubmissionTimeout,
)

_OUT_OF_MEMORY: Final = "can't allocate memory"  # how torch says MemoryError
_CPU_LIMIT: Final = (128 + 24, 128 + 9)  # SIGXCPU, SIGKILL: Windows, where `kafedra check` runs too, has no such names
_MAX_TEXT: Final = 2000
_MAX_FRAMES: Final = 10


@dataclass(frozen=True)
class Death:
    """How the student's process ended. ``status``: its exit code, 128 + signal for a signal."""

    cause: Literal["exited", "memory", "killed"]
    status: int


class Explainer:
    """Makes the failures of one submission, in one language."""

    def __init__(self, assignment: Assignment, source: StudentSource, language: Language) -> None:
        self._assignment = assignment
        self._limits = assignment.limits
        self._source = source
        self._language = language
        self._hints = forbidden_names(assignment.forbidden, language)

    def unusable(self, why: str) -> SubmissionFailure:
        return MissingDefinition(self._say("unusable", why=why))

    def missing(self, names: Sequence[str]) -> SubmissionFailure:
        """Names without a definition, or with one in a cell that was skipped: then it says why."""
        unread = self._source.module.unread
        why = next((unread[name] for name in names if name in unread), None)
        if why is None:
            return MissingDefinition(self._say("missing", names=", ".join(names)))
        held = ", ".join(name for name, reason in unread.items() if reason == why)  # in every test the same words
        return MissingDefinition(self._say("in_skipped", why=why.message(self._language), names=held))

    def forbidden(self, name: str, use: Use) -> SubmissionFailure:
        """The text of ``name``'s definition leads to a forbidden API."""
        place = self._source.place(use.line, self._language)
        return ForbiddenUse(self._say("forbidden", name=name, api=use.api, place=place) + self._advice(use.api))

    def too_slow(self, seconds: float) -> SubmissionFailure:
        return SubmissionTimeout(self._say("timeout", limit=self._number(seconds)))

    def no_time_left(self) -> SubmissionFailure:
        return SubmissionTimeout(self._say("total_timeout", limit=self._number(self._limits.total_seconds)))

    def too_slow_before(self, names: Sequence[str]) -> SubmissionFailure:
        """Calls of the same names have run out of time before, and this one was not made."""
        return SubmissionTimeout(self._say("timeout_before", names=", ".join(names)))

    def broken_channel(self) -> SubmissionFailure:
        return SubmissionCrash(self._say("crashed_channel"))

    def death(self, death: Death) -> SubmissionFailure:
        """The process is gone, and nobody here asked for it."""
        if death.cause == "memory":
            return SubmissionMemory(self._say("memory", limit=self._limits.memory_mb))
        if death.cause == "killed":
            return self.broken_channel()
        if death.status in _CPU_LIMIT:
            return self.no_time_left()
        if death.status > 128:
            text = self._say("crashed_signal", signal=_signal_name(death.status - 128))
        else:
            text = self._say("crashed_exit", code=death.status)
        return SubmissionCrash(text, hidden_text=self._say("crashed"))  # a code is eight bits of a hidden test

    def error(self, error: Any, *, hidden: bool) -> SubmissionFailure:
        """What the sandbox says went wrong in the student's code."""
        if not isinstance(error, dict):
            return self.broken_channel()
        kind, body = error.get("kind"), _text(error.get("text"))[:_MAX_TEXT]
        frames = self._frames(error.get("lines"), hidden=hidden)
        if kind == "missing":
            return MissingDefinition(self._say("missing", names=body[:100]), hidden_text=self._say("hidden"))
        if kind == "forbidden":
            ban = matching_ban(body, self._hints) or "API"
            return ForbiddenUse(self._say("forbidden_call", api=ban) + self._advice(ban), traceback=frames)
        if kind == "memory" or _OUT_OF_MEMORY in body:
            return SubmissionMemory(self._say("memory", limit=self._limits.memory_mb), traceback=frames)
        if kind == "not_plain":
            return SubmissionError(self._say("not_plain", text=body), hidden_text=self._say("hidden"))
        return self._exception(error, body, frames)

    def _exception(self, error: Mapping[str, Any], body: str, frames: str) -> SubmissionFailure:
        name = _text(error.get("type"))[:100]
        bases = error.get("bases")
        known = [base for base in bases if _is_builtin_exception(base)] if isinstance(bases, list) else []
        if NotImplementedError.__name__ in known and not body:
            return MissingDefinition(self._say("not_written", place=self._last_place(error.get("lines"))))
        return SubmissionError(
            self._say("error", error=f"{name}: {body}" if body else name),
            bases=tuple(known),
            hidden_text=self._say("error", error=known[0] if known else "Exception"),
            traceback=frames,
        )

    def _frames(self, lines: Any, *, hidden: bool) -> str:
        numbers = [line for line in lines if type(line) is int] if isinstance(lines, list) else []
        return self._source.frames(numbers[-1:] if hidden else numbers[-_MAX_FRAMES:], self._language)

    def _last_place(self, lines: Any) -> str:
        """Where the exception was raised; nothing if that is not in the student's code."""
        last = lines[-1] if isinstance(lines, list) and lines else None
        return self._source.place(last, self._language) if type(last) is int else ""

    def _advice(self, api: str) -> str:
        hint = self._hints.get(matching_ban(api, self._hints) or "", "")
        return f"\n{hint}" if hint else ""

    def _number(self, value: float) -> str:
        """As the language writes it: 0,5 in Russian."""
        return f"{value:g}".replace(".", "," if self._language == "ru" else ".")

    def _say(self, key: str, **values: object) -> str:
        return messages.text(key, self._language, **values)


def _text(value: Any) -> str:
    """A string as it is, anything else as nothing: even ``str()`` can be made to fail."""
    return value if type(value) is str else ""


def _is_builtin_exception(name: Any) -> bool:
    found = getattr(builtins, name, None) if isinstance(name, str) else None
    return isinstance(found, type) and issubclass(found, BaseException)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
