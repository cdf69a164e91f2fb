"""Reads of regrading: which submissions it is about, what it found, what would follow from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kafedra import policy
from kafedra.grading import Report as Verdict
from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.regrading import comparing
from kafedra.web.regrading.comparing import Effect, VerdictComparison
from kafedra.web.regrading.models import Regrade, RegradeStage, Trial, TrialState
from kafedra.web.runs import terms
from kafedra.web.runs.models import Run
from kafedra.web.standings import comparison as standings
from kafedra.web.standings.facts import Facts, facts
from kafedra.web.standings.pushed import Pushes
from kafedra.web.submissions.models import Report, State


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """One trial and what it means; `compared` is None where there is nothing to compare."""

    trial: Trial
    change: Effect
    compared: VerdictComparison | None

    @property
    def has_differences(self) -> bool:
        """Whether any test came out differently."""
        return self.compared is not None and bool(self.compared.tests)

    @property
    def student(self) -> User:
        """Whose submission it is."""
        student: User = self.trial.submission.repository.student
        return student


@dataclass(frozen=True, slots=True)
class Preview:
    """What a regrade found, losses first, and whose standing it moves."""

    findings: tuple[TrialOutcome, ...]
    standings: standings.StandingComparison

    @property
    def counts(self) -> dict[str, int]:
        """Submissions by what became of them."""
        found = Counter(finding.change for finding in self.findings)
        return {change.value: found[change] for change in Effect if found[change]}

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to apply: neither the tests nor any result are other than before."""
        return all(
            one.change is Effect.SAME and not one.has_differences and one.trial.ran_by_the_same_tests
            for one in self.findings
        )

    @property
    def told(self) -> tuple[TrialOutcome, ...]:
        """Those about which there is something to say."""
        return tuple(one for one in self.findings if one.change is not Effect.SAME or one.has_differences)

    @property
    def flaky(self) -> dict[str, int]:
        """Tests whose outcome varies with the seed, and on how many submissions."""
        tests = Counter(name for one in self.findings if one.compared for name in one.compared.flaky)
        return dict(sorted(tests.items()))


def students(run: Run, only: Iterable[int]) -> list[User]:
    """The students that a regrade is about: all of the run, or those named."""
    chosen = frozenset(only)
    return [student for student in students_of(run) if not chosen or student.pk in chosen]


def targets(regrade: Regrade) -> list[Report]:
    """The reports to look at again: of what counts for each student, or of everything that was graded."""
    people = students(regrade.run, regrade.only)
    known = facts(regrade.run, students=people)
    return reports_of(wanted(regrade, people, known))


def wanted(regrade: Regrade, people: Iterable[User], known: Facts) -> set[int]:
    """Submissions that a regrade is about, if `known` is what is known."""
    found: set[int] = set()
    for student in people:
        pushes = known.pushed.get((student.pk, regrade.assignment), ())
        graded = [push for push in pushes if push.attempt is not None and push.state == State.GRADED]
        if regrade.whole:
            found |= {push.id for push in graded}
            continue
        attempts = [push.attempt for push in graded if push.attempt is not None and push.worth is not None]
        if attempts:
            found.add(_best(regrade, student, known, attempts))
    return found


def _best(regrade: Regrade, student: User, known: Facts, attempts: list[policy.Attempt]) -> int:
    in_force = terms.in_force(regrade.run.slug)
    deadline = known.deadline((student.pk, regrade.assignment), in_force.deadlines[regrade.assignment])
    best = policy.best(attempts, deadline, in_force.late)
    assert best is not None, "there is at least one attempt"
    return int(str(best.key))


def reports_of(submissions: Iterable[int]) -> list[Report]:
    """The report that counts of each submission."""
    return list(Report.objects.of(submissions).select_related("submission").newest_of_each().values())


def missing(regrade: Regrade) -> list[Report]:
    """What must be graded too, because it would count now that another submission has lost points.

    Without it, a student whose best submission loses would keep the points of an older one that the changed tests
    have not seen.
    """
    people = students(regrade.run, regrade.only)
    known = facts(regrade.run, students=people)
    after = under(known, _points(findings(regrade)))
    seen = set(regrade.trials.values_list("submission_id", flat=True))
    return reports_of(wanted(regrade, people, after) - seen)


def findings(regrade: Regrade) -> list[TrialOutcome]:
    """Every trial that is over, losses first, then gains, then the rest; each group by name."""
    rows = regrade.trials.exclude(state=TrialState.WAITING)
    rows = rows.select_related("before", "result", "submission__repository__student", "submission__repository__run")
    newest = Report.objects.of(row.submission_id for row in rows).newest_values("pk")
    found = [_finding(row, *newest.get(row.submission_id, (None,))) for row in rows]
    order = [
        Effect.LOSE,
        Effect.GAIN,
        Effect.SEED_ONLY,
        Effect.NOT_GRADED,
        Effect.SUPERSEDED,
        Effect.SAME,
    ]
    return sorted(found, key=lambda one: (order.index(one.change), one.student.display_name, one.trial.pk))


def _finding(trial: Trial, current: int | None) -> TrialOutcome:
    if trial.state == TrialState.FAULT or trial.first is None:
        return TrialOutcome(trial, Effect.NOT_GRADED, None)
    second = None if trial.second is None else Verdict.model_validate(trial.second)
    compared = comparing.compare(
        Verdict.model_validate(trial.before.document), Verdict.model_validate(trial.first), second
    )
    overtaken = trial.regrade.open and current != trial.before_id
    return TrialOutcome(trial, Effect.SUPERSEDED if overtaken else compared.change, compared)


def preview(regrade: Regrade) -> Preview:
    """What applying the regrade now would do."""
    found = findings(regrade)
    people = students(regrade.run, regrade.only)
    in_force, known = terms.in_force(regrade.run.slug), facts(regrade.run, students=people)
    after = under(known, _points(found)) if regrade.open else known
    return Preview(tuple(found), standings.compare(people, (in_force, known), (in_force, after)))


def _points(found: Iterable[TrialOutcome]) -> dict[int, Decimal]:
    return {one.trial.submission_id: one.compared.after for one in found if one.change.applies and one.compared}


def under(known: Facts, points: Mapping[int, Decimal]) -> Facts:
    """The same facts if the judge had given these submissions these points; what a person set by hand stays."""
    pushed = {
        key: Pushes(
            push._replace(points=points[push.id])
            if push.id in points and push.points is not None and push.by_hand is None
            else push
            for push in pushes
        )
        for key, pushes in known.pushed.items()
    }
    return replace(known, pushed=pushed)


@dataclass(frozen=True, slots=True)
class Advance:
    """How far the grading of a regrade is."""

    done: int
    all: int


def advance(regrade: Regrade) -> Advance:
    """Trials that are over, of all."""
    states = Counter(regrade.trials.values_list("state", flat=True))
    return Advance(sum(states.values()) - states[TrialState.WAITING], sum(states.values()))


def of_report(report: Report) -> Regrade | None:
    """The regrade that the report came of, if it came of one."""
    return Regrade.objects.filter(trials__result=report).first()


def open_regrades(run: Run, assignment: str) -> list[Regrade]:
    """Those of one assignment that can still be applied or discarded."""
    return list(
        Regrade.objects.filter(run=run, assignment=assignment, stage__in=[RegradeStage.GRADING, RegradeStage.READY])
    )


def covers_everything(regrade: Regrade) -> bool:
    """Whether nothing was handed in or graded since it began that it would be about, too."""
    seen = set(regrade.trials.values_list("before", flat=True))
    return all(report.pk in seen for report in targets(regrade))


def regrades_of(run: Run) -> list[Regrade]:
    """All of the run, newest first."""
    return list(Regrade.objects.filter(run=run).select_related("begun_by", "applied_by", "undone_by"))
