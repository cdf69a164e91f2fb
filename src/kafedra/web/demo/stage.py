"""The example from an empty folder to a server full of work."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kafedra.course import Course
from kafedra.web import clock
from kafedra.web.demo import asking, blitzing, calendar, console, examining, feedback, office, reviewing
from kafedra.web.demo.cast import Cast, bring_in
from kafedra.web.demo.homework import Workplace
from kafedra.web.demo.people import STUDENTS, Person
from kafedra.web.demo.refusal import CannotGrade
from kafedra.web.demo.scenario import STORIES, Told, Turn, stories, turns
from kafedra.web.executor import Executor
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.runs.soundness import HeldBack, require_sound
from kafedra.web.serving.starting import Assembled
from kafedra.web.submissions.models import State, Submission

ASSIGNMENT = "activations"  # the one whose pushes are shown, reviewed and asked about


@contextmanager
def serving(kafedra: Assembled) -> Iterator[threading.Thread]:
    """The server in a thread of its own, so that its clock can be moved from here."""
    started = threading.Event()
    kafedra.server.on_started = started.set
    thread = threading.Thread(target=kafedra.serve, name="server")
    thread.start()
    try:
        while not started.wait(0.1):
            if not thread.is_alive():
                raise RuntimeError("the server did not start")
        yield thread
    finally:
        kafedra.server.should_exit = True
        thread.join()


_LOOKING_SECONDS = 600  # libraries are loaded and pictures drawn for the first time on this machine

# From the evening when the first homework was issued, and everybody came, to its deadline.
THE_WHOLE_TIME = timedelta(days=7, hours=6)


@dataclass(frozen=True, slots=True)
class Shown:
    """One push as its author's terminal showed it."""

    student: Person
    terminal: str


def play(students: int, executor: Executor) -> Shown:
    """Let `students` people do their homework over git; returns the first push of the first one. Raises CannotGrade."""
    run = Run.objects.get(slug=calendar.SLUG)
    told = stories(STUDENTS[:students])
    with tempfile.TemporaryDirectory(prefix="kafedra-demo-") as folder, console.progress() as step:
        _require_assignments(step)
        step("people and repositories", 0, 1)
        deadline = _deadline(course.current())
        with clock.shifted(deadline - THE_WHOLE_TIME - clock.now()):
            cast = bring_in(run, told, Path(folder))
        shown = _hand_in(cast, told, deadline, executor, step)
        step("reviews, questions, extensions", 0, 1)
        logins = [person.login for person in told]
        office.play(run, ASSIGNMENT, logins)
        reviewing.play(run, ASSIGNMENT, logins)
        feedback.play(run, logins)
        blitzing.play(run, logins)
        asking.play(run)
        examining.play(run, logins)
        step("done", 1, 1)
        return shown


def require_written() -> None:
    """Raises CannotGrade when the course lacks an assignment that is played."""
    if missing := [slug for slug in STORIES if slug not in course.current().assignments]:
        written = f"people here hand in {', '.join(STORIES)}: {', '.join(missing)} is not written in this course"
        raise CannotGrade([written])


def _require_assignments(step: console.Step) -> None:
    """The server looks at them when it starts; raises CannotGrade if one can't be given out."""
    for number, slug in enumerate(STORIES):
        step("looking at the assignments", number, len(STORIES))
        try:
            require_sound(slug, _LOOKING_SECONDS)
        except HeldBack as error:
            raise CannotGrade(tuple(str(error).splitlines())) from None


def _deadline(the_course: Course) -> datetime:
    homework, _work = the_course.runs[calendar.SLUG].work(ASSIGNMENT)
    assert homework.deadline is not None, "the first homework of the model run has a deadline"
    return homework.deadline


def _hand_in(cast: Cast, told: Told, deadline: datetime, executor: Executor, step: console.Step) -> Shown:
    desks = {slug: _desk(cast, slug) for slug in STORIES}
    first, plan = next(iter(told)), list(turns(told))
    shown = Shown(first, "")
    for number, turn in enumerate(plan):
        step(f"git push: {turn.student.name}", number, len(plan))
        terminal = _push(turn, cast, desks[turn.assignment], deadline)
        _require_verdicts(executor)
        if turn.student == first and turn.assignment == ASSIGNMENT and not shown.terminal:
            shown = Shown(first, terminal)
    step("done", len(plan), len(plan))
    return shown


def _require_verdicts(executor: Executor) -> None:
    """Raises CannotGrade when the last push got none, and no other will."""
    failed = Submission.objects.filter(state=State.FAULT).first()
    if problems := executor.problems or (failed.fault.splitlines() if failed else ()):
        raise CannotGrade(problems)


def _desk(cast: Cast, slug: str) -> Workplace:
    assignment = course.current().assignments[slug]
    some_clone = next(clone for (_login, accepted), clone in cast.clones.items() if accepted == slug)
    return Workplace(assignment, (some_clone.folder / assignment.notebook).read_bytes())


def _push(turn: Turn, cast: Cast, desk: Workplace, deadline: datetime) -> str:
    clone = cast.clones[turn.student.login, turn.assignment]
    message = desk.write(turn, clone.folder)
    # Early in the morning the latest of them would be in the future.
    moment = min(deadline - turn.move.before_deadline, clock.now() - timedelta(minutes=1))
    with clock.shifted(moment - clock.now()):
        clone.commit(message)
        return clone.push()
