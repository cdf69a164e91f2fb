"""The ``submission`` fixture: the student's code, reached by value."""

from __future__ import annotations

import contextlib
import hashlib
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from kafedra.testing import values
from kafedra.testing.check import CheckFailed
from kafedra.testing.failures import SubmissionError, SubmissionFailure
from kafedra.testing.wording import say


class Caller(Protocol):
    """What carries a call into the sandbox: the judge's session with it."""

    def call(self, probe: str, args: Sequence[Any], kwargs: Mapping[str, Any], *, seed: int) -> Any:
        """The probe's value. Raises a :class:`~kafedra.testing.failures.SubmissionFailure`."""


class Misused(Exception):
    """A test calls what it can't: a mistake of its author."""


class Submission:
    """Runs probes beside the student's code, on behalf of one test.

    Each call begins with its own random state, derived from the run's seed, the test and the number of the
    call: a test gives the same values whatever ran before it.
    """

    def __init__(self, caller: Caller, seed: int) -> None:
        self._caller = caller
        self._seed = seed
        self._calls = 0
        self.answered = False

    def call(self, probe: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Run ``probe(student, *args, **kwargs)`` in the sandbox and return what it returns, as plain data.

        Tensors, arrays, numbers, strings, bytes, lists, tuples and dicts cross, by value. Raises :class:`Misused` for
        what is no function of ``probes.py`` or takes other arguments.
        """
        _require_probe(probe, args, kwargs)
        self._calls += 1
        seed = derive_seed(self._seed, str(self._calls))
        try:
            value = self._caller.call(probe.__name__, args, kwargs, seed=seed)
        except SubmissionFailure as failure:
            if failure.happened_inside:
                failure.call = say("call", call=_describe(probe.__name__, args, kwargs))
            raise
        self.answered = True
        return value

    @contextlib.contextmanager
    def raises(self, *kinds: type[BaseException], call: str) -> Iterator[None]:
        """The calls inside must end with the student's code raising one of ``kinds`` (built-in exceptions)."""
        names = {kind.__name__ for kind in kinds}
        try:
            yield
        except SubmissionError as error:
            if not names.intersection(error.bases):
                raise
        else:
            raise CheckFailed(say("not_raised", call=call, kinds=" / ".join(sorted(names))))


def _require_probe(probe: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """The sandbox knows a probe by its name alone, and would blame its errors on the student."""
    name = getattr(probe, "__name__", repr(probe))
    if getattr(sys.modules.get("probes"), name, None) is not probe:
        raise Misused(f"submission.call takes a function of probes.py, and {name} is none")
    try:
        inspect.signature(probe).bind(None, *args, **kwargs)
    except TypeError as error:
        raise Misused(f"probes.{name} takes the student's program and then other arguments: {error}") from None


def _describe(probe: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """``forward("MyReLU", float64 (4, 7))``."""
    shown = [values.brief(value) for value in args]
    shown += [f"{name}={values.brief(value)}" for name, value in kwargs.items()]
    return f"{probe}({', '.join(shown)})"


def derive_seed(seed: int, name: str) -> int:
    """A seed in ``[0, 2**48)`` that depends on both; the same on every machine."""
    digest = hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=6).digest()
    return int.from_bytes(digest)
