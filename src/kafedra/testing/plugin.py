"""The pytest plugin: fixtures, markers, and what became of each test.

The judge passes an instance to ``pytest.main``; it is not registered globally.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import ModuleType
from typing import Any, Literal, Protocol

import pytest

from kafedra.testing.check import CheckFailed
from kafedra.testing.failures import SubmissionFailure
from kafedra.testing.submission import Caller, Misused, Submission, derive_seed
from kafedra.testing.wording import language, say

_PARAMETER = re.compile(r"\{(\w+)\}")
_TRANSLATION = re.compile(r"^(ru|en):[ \t]*", re.MULTILINE)


@dataclass(frozen=True)
class TestFacts:
    """What a test says of itself: its worth, its title (first line of the docstring), its hint (the rest)."""

    __test__ = False

    id: str
    title: str
    hint: str
    hidden: bool
    max_points: Decimal


class Bench(Caller, Protocol):
    """The judge's session, told where each test begins."""

    def begin(self, *, hidden: bool) -> None:
        """A test starts now: its time limit counts from here."""


class BrokenTest(Exception):
    """A test of the assignment is written wrongly: ``message`` says how to mend it, ``str()`` also which it is."""

    def __init__(self, test: str, message: str) -> None:
        super().__init__(f"{test}: {message}")
        self.message = message


@dataclass(frozen=True)
class Sitting:
    """One submission before the tests: ``on_result`` hears ``(facts, seconds, error)`` of each: public tests
    first, and among equals the long ones last.

    ``only`` names the test functions to run; none means all.
    """

    bench: Bench
    seed: int
    on_result: Callable[[TestFacts, float, BaseException | None], None]
    public_only: bool = False
    only: Collection[str] = ()


class Plugin:
    """Collects the tests, asks ``begin`` for the submission, and runs them on it."""

    def __init__(self, begin: Callable[[bool], Sitting]) -> None:
        """``begin`` is called when all is done that doesn't depend on the submission, with whether it went well."""
        self._begin = begin
        self._sitting: Sitting | None = None
        self.broken: list[str] = []
        self.cause: BaseException | None = None

    @property
    def sitting(self) -> Sitting:
        assert self._sitting is not None, "no test runs before there is a submission"
        return self._sitting

    @pytest.fixture
    def submission(self, request: pytest.FixtureRequest) -> Submission:
        """The student's code."""
        return Submission(self.sitting.bench, self._seed_of(request.node))

    @pytest.fixture
    def seed(self, request: pytest.FixtureRequest) -> int:
        """A number drawn for this test in this run."""
        return self._seed_of(request.node)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> Any:
        """A ``torch.Generator`` for the test's inputs."""
        import torch  # only tests about tensors ask for it

        return torch.Generator().manual_seed(self._seed_of(request.node))

    @pytest.fixture
    def numpy_rng(self, request: pytest.FixtureRequest) -> Any:
        """A ``numpy.random.Generator`` for the test's inputs."""
        import numpy  # noqa: ICN001 - as above

        return numpy.random.default_rng(self._seed_of(request.node))

    def pytest_configure(self, config: pytest.Config) -> None:
        declare_markers(config)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # hidden tests come last: what the student's code learns in them, it has no public test left to print in;
        # before them the long ones: who waits for a training knows by then how everything else went
        items.sort(key=lambda item: (_is_hidden(item), _is_long(item)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Before pytest's own loop: this is where a warm process waits for submissions, each in a fork of its own."""
        self._sitting = sitting = self._begin(not self.broken)
        if sitting.public_only:
            session.items[:] = [item for item in session.items if not _is_hidden(item)]
        if sitting.only:
            session.items[:] = [item for item in session.items if _function(item) in sitting.only]
        return None  # and on with the loop

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longrepr}")

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        self.sitting.bench.begin(hidden=_is_hidden(pyfuncitem))
        return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> pytest.TestReport:
        """In place of pytest's own, which would spend milliseconds on a traceback that nobody reads."""
        error = call.excinfo.value if call.excinfo is not None else None
        if call.when == "call" or error is not None:
            self._take(item, call, error)
        outcome: Literal["passed", "failed"] = "passed" if error is None else "failed"
        assert call.when != "collect", "items are collected before they run"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when, duration=call.duration)

    def _take(self, item: pytest.Item, call: pytest.CallInfo[Any], error: BaseException | None) -> None:
        try:
            facts = facts_of(item)
        except BrokenTest as problem:
            self.broken.append(str(problem))
            return
        error = _student_share(item, error)
        judged = error is None or isinstance(error, AssertionError | SubmissionFailure)
        if judged and call.when == "call":
            self.sitting.on_result(facts, call.duration, error)
        else:
            self.cause = self.cause or error
            self.broken.append(f"{facts.id} ({call.when}): {type(error).__name__}: {error}{_place(call)}")

    def _seed_of(self, node: pytest.Item) -> int:
        return derive_seed(self.sitting.seed, node.nodeid)


class Census:
    """Takes the facts of all tests and runs none."""

    def __init__(self) -> None:
        self.facts: list[TestFacts] = []
        self.broken: list[str] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        declare_markers(config)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longrepr}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            try:
                self.facts.append(facts_of(item))
            except BrokenTest as problem:
                self.broken.append(str(problem))
        return True  # in place of the loop that would run them


def declare_markers(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(value): what the test is worth, a decimal string")
    config.addinivalue_line("markers", "hidden: students see the test's title and hint, nothing else")
    config.addinivalue_line("markers", "long: trains something; runs after the others of its kind")


def _student_share(item: pytest.Item, error: BaseException | None) -> BaseException | None:
    """An error of the test on a value that the student sent is a failure: `verify` proves that right values cause none.

    Otherwise anybody could turn a zero into a fault of ours by returning what no test expects. What no value can cause,
    a name that is not defined, say, stays the author's.
    """
    if _is_the_authors(error):
        return error
    submission = getattr(item, "funcargs", {}).get("submission")
    careless = isinstance(error, Exception) and not isinstance(error, AssertionError | SubmissionFailure | OSError)
    if careless and isinstance(submission, Submission) and submission.answered:
        return CheckFailed(say("unexpected", error=f"{type(error).__name__}: {error}"[:300]))
    return error


def _is_the_authors(error: BaseException | None) -> bool:
    """Whether only the text of the test can be to blame: what comes from the sandbox is plain data, never a module."""
    if isinstance(error, AttributeError):
        return isinstance(error.obj, ModuleType)
    return isinstance(error, NameError | ImportError | SyntaxError | Misused)


def facts_of(item: pytest.Item) -> TestFacts:
    """Raises :class:`BrokenTest` if the test has no usable points or no title."""
    doc = inspect.cleandoc(getattr(item.obj, "__doc__", "") or "")  # type: ignore[attr-defined]  # a test function has one
    title, _, rest = _in_language(doc, language()).partition("\n")
    if not title:
        raise BrokenTest(item.nodeid, "the docstring's first line is the test's title, and there is none")
    if callspec := getattr(item, "callspec", None):
        named = _filled(title, callspec.params)
        title = f"{title} [{callspec.id}]" if named == title else named
        rest = _filled(rest, callspec.params)
    return TestFacts(item.nodeid, title, _unwrapped(rest), _is_hidden(item), _points(item))


def _filled(text: str, parameters: Mapping[str, object]) -> str:
    """With the value of each parameter in place of its name in braces; other braces stay."""
    return _PARAMETER.sub(lambda found: str(parameters.get(found[1], found[0])), text)


def _in_language(doc: str, wanted: str) -> str:
    """The part of a docstring below a line that begins with ``en:`` or ``ru:``; without one, what stands above them."""
    parts = _TRANSLATION.split(doc)
    texts = {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}
    return next((text.strip() for text in (texts.get(wanted, ""), *texts.values()) if text.strip()), "")


def _unwrapped(text: str) -> str:
    """One line per paragraph: where the source file breaks its lines is nobody's business."""
    paragraphs = text.strip().split("\n\n")
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _points(item: pytest.Item) -> Decimal:
    marker = item.get_closest_marker("points")
    try:
        points = Decimal(str(marker.args[0])) if marker else Decimal("NaN")
    except (InvalidOperation, IndexError):
        points = Decimal("NaN")
    if not points.is_finite() or points < 0:
        message = 'needs @pytest.mark.points("0.1"), a decimal string that is not negative'
        raise BrokenTest(item.nodeid, message)
    return points


def _function(item: pytest.Item) -> str:
    """The name of the test's function, without parameters."""
    return str(getattr(item, "originalname", item.name))


def _is_hidden(item: pytest.Item) -> bool:
    return item.get_closest_marker("hidden") is not None


def _is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


def _place(call: pytest.CallInfo[Any]) -> str:
    entry = call.excinfo.traceback[-1] if call.excinfo else None
    return f" at {entry.path}:{entry.lineno + 1}" if entry else ""
