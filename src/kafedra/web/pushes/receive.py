"""What the hooks ask: may this push come in, and what became of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from django.utils.translation import ngettext

from kafedra.grading import Outcome, TestReport
from kafedra.web.executor.forecast import Forecast, forecast
from kafedra.web.executor.interface import Executor, Progress, Stage
from kafedra.web.executor.lengths import long_ones
from kafedra.web.git.command import GitFailed, git
from kafedra.web.git.contents import entries
from kafedra.web.git.references import MAIN, NOTHING
from kafedra.web.people.runs import role_in
from kafedra.web.pushes import answer, rules
from kafedra.web.pushes.listener import HookCall, Say
from kafedra.web.pushes.pushes import Push
from kafedra.web.pushes.threads import in_thread
from kafedra.web.runs import course
from kafedra.web.submissions.ledger import write_down
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.storage import repository_path

PATIENCE_SECONDS = 60.0
QUIET_SECONDS = 2.0  # most verdicts are there by then
STEP_SECONDS = 0.5
MOST_LOST = 6  # tests that are told before the verdict, which tells all of them
BEAT_SECONDS = 3.0  # a line that doesn't move looks like a machine that has died


class Reception:
    """The two answers that a push needs."""

    def __init__(self, executor: Executor, patience: float = PATIENCE_SECONDS) -> None:
        self._executor, self._patience = executor, patience

    async def before(self, push: Push, call: HookCall, say: Say) -> int:
        """Pre-receive: 0 lets the push in. The repository is held from here until the push is written down."""
        refusal = rules.refused_reference(call.updates)
        if refusal is None:
            await push.take_turn()
            refusal = await in_thread(_refusal, push, call.updates, call.quarantine)
        if refusal is not None:
            push.give_turn()
            await say(answer.refusal(refusal))
            return 1
        return 0

    async def after(self, push: Push, call: HookCall, say: Say) -> int:
        """Post-receive: write the submission down, then grade it and tell."""
        others = [update for update in call.updates if update.ref != MAIN]
        if others:
            await say(answer.stored_beside(rules.not_graded(others)))
        commit = next((update.new for update in call.updates if update.ref == MAIN), None)
        if commit is None:
            push.give_turn()
            return 0
        submission = await in_thread(write_down, push.repository_id, commit, push.received_at)
        push.give_turn()
        push.slot.give()  # from here on git only waits for the verdict
        await say(await in_thread(_received, submission))
        async with self._news(submission.pk) as news:
            repository = submission.repository
            gpu, long = course.needs_gpu(repository.assignment), await in_thread(_is_long, submission)
            self._executor.submit(submission.pk, student_id=repository.student_id, gpu=gpu, long=long)
            stage = await self._follow(submission, news, say)
        await say(await in_thread(_outcome, submission.pk, stage, bool(self._executor.problems)))
        return 0

    @asynccontextmanager
    async def _news(self, submission_id: int) -> AsyncIterator[asyncio.Queue[Progress]]:
        """What the executor's threads tell of a submission, on this side of the event loop."""
        loop = asyncio.get_running_loop()
        news: asyncio.Queue[Progress] = asyncio.Queue()

        def hear(progress: Progress) -> None:
            loop.call_soon_threadsafe(news.put_nowait, progress)

        stop: Callable[[], None] = self._executor.watch(submission_id, hear)
        try:
            yield news
        finally:
            stop()

    async def _follow(self, submission: Submission, news: asyncio.Queue[Progress], say: Say) -> Stage:
        """Pass news on until there is a verdict, or nobody should wait any longer.

        A minute in the queue is long; while tests end one after another, only a minute without news is.
        """
        told, so_far = False, None
        try:
            async with asyncio.timeout(self._patience) as limit:
                while True:
                    progress = await _soon(news)
                    if progress is not None and progress.stage.final:
                        return progress.stage
                    if progress is not None and progress.stage is Stage.RUNNING:
                        limit.reschedule(asyncio.get_running_loop().time() + self._patience)
                        if so_far is None or progress.ended is None:  # begun, perhaps anew after a fault of ours
                            so_far = SoFar()
                        if progress.ended is not None:
                            so_far.heard(progress.ended)
                    elif progress is not None and progress.ahead and not told:
                        told = True
                        await say(_in_queue(progress.ahead, await in_thread(forecast, submission)))
                    if so_far is not None and (line := so_far.line()):
                        await say(line)
        except TimeoutError:
            return Stage.RUNNING


async def _soon(news: asyncio.Queue[Progress]) -> Progress | None:
    """The next piece of news; None if there is none for a while."""
    try:
        return await asyncio.wait_for(news.get(), BEAT_SECONDS)
    except TimeoutError:
        return None


class SoFar:
    """For gradings long enough to make people wonder: the tests that were lost, and a line that counts the others."""

    def __init__(self) -> None:
        self._passed = self._lost = 0
        self._untold: list[TestReport] = []
        self._began = time.monotonic()
        self._next = self._began + QUIET_SECONDS

    def heard(self, ended: TestReport) -> None:
        """A test has ended."""
        passed = ended.outcome is Outcome.PASSED
        self._passed, self._lost = self._passed + passed, self._lost + (not passed)
        if not passed and self._lost <= MOST_LOST:
            self._untold.append(ended)

    def line(self) -> str:
        """What to say now; empty while the last line is fresh."""
        now = time.monotonic()
        if now < self._next:
            return ""
        self._next = now + STEP_SECONDS
        untold, self._untold = self._untold, []
        return answer.so_far(untold, self._passed, self._lost, round(now - self._began))


def _refusal(push: Push, updates: Sequence[rules.Update], quarantine: Mapping[str, str]) -> str | None:
    path, repository = push.path, Repository.objects.select_related("run", "student").get(pk=push.repository_id)
    if role_in(repository.student, repository.run) is None:  # taken out of the run while the push was on its way
        return rules.no_longer_member()
    there = _branches(path)
    if len({*there, *(update.ref for update in updates)}) > rules.MAX_BRANCHES:
        return rules.too_many_branches()
    refusals = (_refused(path, update, there.get(update.ref, NOTHING), quarantine) for update in updates)
    return next((refusal for refusal in refusals if refusal is not None), None)


def _branches(path: Path) -> dict[str, str]:
    told = git(["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads"], repository=path).decode()
    return dict(line.split(" ", 1) for line in told.splitlines())


def _refused(path: Path, update: rules.Update, before: str, quarantine: Mapping[str, str]) -> str | None:
    if update.old != before:
        return rules.overtaken()
    if before != NOTHING and not _continues(path, update, quarantine):
        return rules.rewritten()
    try:
        return rules.refused_contents(entries(path, update.new, quarantine))
    except GitFailed:
        return rules.unreadable()


def _continues(path: Path, update: rules.Update, quarantine: Mapping[str, str]) -> bool:
    ancestry = ["merge-base", "--is-ancestor", update.old, update.new]
    try:
        git(ancestry, repository=path, variables=quarantine)
    except GitFailed:
        return False
    return True


def _is_long(submission: Submission) -> bool:
    repository = submission.repository
    return bool(long_ones([(submission.pk, repository.student_id, repository.assignment)]))


def _received(submission: Submission) -> str:
    repository = submission.repository
    notebook = course.current().assignments[repository.assignment].notebook
    found = entries(repository_path(repository), submission.commit)
    return answer.received(submission.commit, rules.remarks(found, notebook))


def _in_queue(ahead: int, expected: Forecast) -> str:
    before = ngettext(
        "{count} submission is graded before this one,",
        "{count} submissions are graded before this one,",
        ahead,
    )
    if expected.minutes:
        wait = ngettext("about {count} minute …", "about {count} minutes …", expected.minutes)
        return f"  {before.format(count=ahead)} {wait.format(count=expected.minutes)}\n"
    wait = ngettext("about {count} second …", "about {count} seconds …", expected.shown_seconds)
    return f"  {before.format(count=ahead)} {wait.format(count=expected.shown_seconds)}\n"


def _outcome(submission_id: int, stage: Stage, refuses: bool) -> str:
    return answer.outcome(submission_id, stage, refuses=refuses)
