"""From what came back, or did not, to a failure with words for the student.

Everything that the sandbox says of an error is the student's to choose, and so is how a call ends. Of a hidden test
nothing is told but what was decided before the first hidden input was there.
"""

from __future__ import annotations

import builtins
import re
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.judge.byways import Byway
from kafedra.grading.judge.exchange import Death, Ending
from kafedra.grading.judge.forbidden import Use, forbidden_names, matching_ban
from kafedra.grading.judge.loading import Loading, Lost
from kafedra.grading.judge.source import StudentSource
from kafedra.grading.judge.surroundings import Surroundings
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
_UNDEFINED: Final = re.compile(r"name '(\w{1,100})' is not defined")


class Explainer:
    """Makes the failures of one submission, in one language."""

    def __init__(self, assignment: Assignment, source: StudentSource, loading: Loading, language: Language) -> None:
        self._limits = assignment.limits
        self._source = source
        self._loading = loading
        self._language = language
        self._hints = forbidden_names(assignment.forbidden, language)
        self._surroundings = Surroundings(assignment, source, language)

    def unusable(self, why: str) -> SubmissionFailure:
        return _decided(MissingDefinition(self._say("unusable", why=why)))

    def missing(self, names: Sequence[str]) -> SubmissionFailure:
        """Names without a definition, or with one in a cell that was skipped: then it says why."""
        if (skipped := self._skipped(names)) is not None:
            return _decided(skipped)
        text = self._say("missing" if self._source.is_notebook else "missing_in_file", names=", ".join(names))
        elsewhere = [note for name in names if (note := self._source.module.elsewhere.get(name)) is not None]
        return _decided(MissingDefinition("\n".join([text, *(note.message(self._language) for note in elsewhere)])))

    def _skipped(self, names: Sequence[str]) -> SubmissionFailure | None:
        """The last definition of a name stands in a cell that was skipped; if that is so."""
        unread = self._source.module.unread
        why = next((unread[name] for name in names if name in unread), None)
        if why is None:
            return None
        held = ", ".join(name for name, reason in unread.items() if reason == why)  # in every test the same words
        key = "in_skipped" if self._source.is_notebook else "in_skipped_of_file"
        return MissingDefinition(self._say(key, why=why.message(self._language), names=held))

    def forbidden(self, name: str, use: Use) -> SubmissionFailure:
        """The text of ``name``'s definition leads to a forbidden API."""
        place = self._source.place(use.line, self._language)
        text = self._say("forbidden", name=name, api=use.api, place=place)
        return _decided(ForbiddenUse(text + self._advice(use.api)))

    def absent(self, names: Sequence[str]) -> SubmissionFailure:
        """Files that have to be handed in and are not there."""
        return _decided(MissingDefinition(self._say("no_such_file", names=", ".join(names))))

    def forbidden_file(self, file: str, use: Use) -> SubmissionFailure:
        """A module beside the notebook uses a forbidden API."""
        text = self._say("forbidden_file", file=file, line=use.line, api=use.api)
        return _decided(ForbiddenUse(text + self._advice(use.api)))

    def too_slow_before(self, names: Sequence[str]) -> SubmissionFailure:
        """Calls of the same names have run out of time before, and this one was not made."""
        return SubmissionTimeout(self._say("timeout_before", names=", ".join(names)))

    def ending(self, ending: Ending) -> SubmissionFailure:
        """A call got no answer, and the process is gone."""
        if ending.how == "slow":
            return SubmissionTimeout(self._say("timeout", limit=self._number(ending.seconds)))
        if ending.how == "no-time-left":
            return SubmissionTimeout(self._say("total_timeout", limit=self._number(self._limits.total_seconds)))
        if ending.how == "broken" or ending.death is None:
            return SubmissionCrash(self._say("crashed_channel"))
        return self._death(ending.death)

    def lost(self, name: str, lost: Lost, *, early: bool) -> SubmissionFailure:
        """The name can't be loaded: the statement that it rests on, and what becomes of it.

        ``early``: no hidden input was there yet when that turned out.
        """
        failure = self.ending(lost.ending)
        if lost.number is not None and lost.ending.how != "broken":
            failure = type(failure)(self._say("lost", what=self._statement(lost.number, lost.ending), name=name))
            failure.happened_inside = False
        return _decided(failure) if early else failure

    def remarks(self) -> list[str]:
        """What else did not run when the definitions were loaded."""
        ended = [pair for pair in self._loading.endings.items() if pair[0] in self._source.module.optional]
        said = [self._say("left_out", what=self._statement(number, ending)) for number, ending in ended]
        return [*said, *(self._raised(number) for number in sorted(self._loading.errors))]

    def byways(self, own: Iterable[Byway], beside: Iterable[tuple[str, Byway]]) -> Iterator[str]:
        """For who reviews the work, and for its author: by what a ban may have been got around."""
        for one in own:
            yield self._say("byway", what=one.what, place=self._source.place(one.line, self._language))
        for file, one in beside:
            place = self._say("file_line", file=file, line=one.line)
            yield self._say("byway", what=one.what, place=f" ({place})")

    def unseen(self, pairs: Sequence[tuple[str, str]]) -> list[str]:
        """For authors: names that a probe takes in a way that its text doesn't show."""
        return [self._say("unseen", probe=probe, name=name) for probe, name in pairs]

    def _statement(self, number: int, ending: Ending) -> str:
        """``cell 2, line 8: “history = train()” takes longer than 5 s``."""
        death = ending.death
        if death is None:
            key, value = "statement_slow", self._number(round(ending.seconds, 1))
        elif death.cause == "memory":
            key, value = "statement_memory", str(self._limits.memory_mb)
        elif death.cause == "killed" or death.status in _CPU_LIMIT:
            key, value = "statement_ends", ""
        elif death.status > 128:
            key, value = "statement_signal", _signal_name(death.status - 128)
        else:
            key, value = "statement_exits", str(death.status)
        return self._say(key, **self._source.statement(number, self._language), value=value)

    def _raised(self, number: int) -> str:
        """``cell 1, line 4: “import wandb” raises ModuleNotFoundError: …``."""
        error = self._loading.errors[number]
        described = _described(error) if isinstance(error, dict) else ""
        raised = self._say("statement_raises", **self._source.statement(number, self._language), value=described)
        causes = self._surroundings.behind(_text(error.get("type")), _text(error.get("text"))) if described else ()
        return "\n".join([raised, *causes])

    def _death(self, death: Death) -> SubmissionFailure:
        """The process is gone, and nobody here asked for it."""
        if death.cause == "memory":
            return SubmissionMemory(self._say("memory", limit=self._limits.memory_mb))
        if death.cause == "killed":  # it has hung up and lived on, or takes long to go
            return SubmissionCrash(self._say("crashed"))
        if death.status in _CPU_LIMIT:
            return self.ending(Ending("no-time-left"))
        if death.status > 128:
            text = self._say("crashed_signal", signal=_signal_name(death.status - 128))
        else:
            text = self._say("crashed_exit", code=death.status)
        return SubmissionCrash(text)

    def error(self, error: Any, *, used: Sequence[str] = ()) -> SubmissionFailure:
        """What the sandbox says went wrong in the student's code, in a call that uses these names."""
        if not isinstance(error, dict):
            return self.ending(Ending("broken"))
        kind, body = error.get("kind"), _text(error.get("text"))[:_MAX_TEXT]
        frames = "\n".join(filter(None, [self._frames(error.get("lines")), *self._beside(error.get("beside"))]))
        if kind == "missing":
            return MissingDefinition(self._say("missing", names=body[:100]))
        if kind == "forbidden":
            ban = matching_ban(body, self._hints) or "API"
            return ForbiddenUse(self._say("forbidden_call", api=ban) + self._advice(ban), traceback=frames)
        if kind == "memory" or _OUT_OF_MEMORY in body:
            return SubmissionMemory(self._say("memory", limit=self._limits.memory_mb), traceback=frames)
        if kind == "not_plain":
            return SubmissionError(self._say("not_plain", text=body))
        return self._exception(error, body, used, frames)

    def _exception(self, error: Mapping[str, Any], body: str, used: Sequence[str], frames: str) -> SubmissionFailure:
        name = _text(error.get("type"))
        bases = error.get("bases")
        known = [base for base in bases if _is_builtin_exception(base)] if isinstance(bases, list) else []
        if NotImplementedError.__name__ in known and not body:
            place = self._last_place(error.get("lines"), error.get("beside"))
            not_written = MissingDefinition(self._say("not_written", place=place))
            return self._skipped(used) or not_written  # the attempt may be below
        causes = [*self._causes(name, body), *self._lookalikes(used)]
        return SubmissionError(
            "\n".join([self._say("error", error=_described(error)), *causes]),
            bases=tuple(known),
            traceback=frames,
        )

    def _causes(self, name: str, body: str) -> Iterator[str]:
        """What lies behind an exception that only says what came of it."""
        undefined = _UNDEFINED.match(body) if name == NameError.__name__ else None
        number = self._loading.error_behind(undefined[1]) if undefined else None
        if number is not None:
            yield self._raised(number)
        elif undefined and (note := self._source.module.behind.get(undefined[1])) is not None:
            yield note.message(self._language)
        yield from self._surroundings.behind(name, body)

    def _lookalikes(self, used: Sequence[str]) -> Iterator[str]:
        module = self._source.module
        numbers = sorted({number for name in used for number in module.closures.get(name, ())})
        for number in numbers:
            yield from (note.message(self._language) for note in module.remarks.get(number, ()))

    def _frames(self, lines: Any) -> str:
        numbers = [line for line in lines if type(line) is int] if isinstance(lines, list) else []
        return self._source.frames(numbers[-_MAX_FRAMES:], self._language)

    def _beside(self, lines: Any, most: int = _MAX_FRAMES) -> Iterator[str]:
        """Lines of the modules beside the notebook, which the sandbox may forge as any."""
        pairs = [pair for pair in lines if isinstance(pair, list) and len(pair) == 2] if isinstance(lines, list) else []
        for name, number in pairs[-most:]:
            data = self._source.files.get(name) if type(name) is str else None
            text = data.decode(errors="replace").split("\n") if data is not None else []
            if type(number) is int and 1 <= number <= len(text):
                yield self._say("file_line", file=name, line=number)
                yield f"    {text[number - 1].strip()}"[:_MAX_TEXT]

    def _last_place(self, lines: Any, beside: Any) -> str:
        """Where the exception was raised; nothing if that is not in the student's code."""
        if own := list(self._beside(beside, most=1)):
            return f" ({own[0]})"
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


def _decided(failure: SubmissionFailure) -> SubmissionFailure:
    """Before any input was there."""
    failure.decided_before = True
    return failure


def _described(error: Mapping[str, Any]) -> str:
    """``ValueError: the wrong shape``."""
    name, body = _text(error.get("type"))[:100], _text(error.get("text"))[:_MAX_TEXT]
    return f"{name}: {body}" if body else name


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
