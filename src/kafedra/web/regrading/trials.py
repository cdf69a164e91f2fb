"""Running the changed tests over old submissions, with the graders of the executor and after all students."""

from __future__ import annotations

import logging
import secrets
from functools import partial

from kafedra.course import Assignment, load_assignment
from kafedra.grading import GradingFault, Report, SandboxUnavailable
from kafedra.web.executor.interface import Executor, WarmGrader
from kafedra.web.executor.reuse import fingerprint
from kafedra.web.executor.work import MAX_ATTEMPTS, believed, job_for
from kafedra.web.regrading.models import RegradeStage, Trial, TrialState
from kafedra.web.regrading.services import keep_fault, keep_trial
from kafedra.web.runs import course

log = logging.getLogger(__name__)
_SEEDS = 2**53


def take_up(executor: Executor) -> int:
    """Offer every trial that waits to the executor; returns how many there are."""
    waiting = Trial.objects.filter(state=TrialState.WAITING, regrade__stage=RegradeStage.GRADING)
    found = list(waiting.values_list("pk", "regrade__assignment"))
    for pk, assignment in found:
        executor.offer(f"trial {pk}", partial(run, pk), gpu=course.needs_gpu(assignment))
    return len(found)


def run(trial_id: int, grader: WarmGrader) -> None:
    """Grade the trial's submission by the tests as they are now, and keep what comes out, faults included.

    Raises SandboxUnavailable; the trial then waits on.
    """
    rows = Trial.objects.select_related("regrade", "before", "submission__repository__student")
    trial = rows.filter(pk=trial_id, state=TrialState.WAITING, regrade__stage=RegradeStage.GRADING).first()
    if trial is None:
        return
    try:
        # Read anew: the server may have been started before the assignment changed.
        assignment = load_assignment(course.current().assignments[trial.regrade.assignment].root)
        first, second = _verdicts(trial, assignment, grader)
    except SandboxUnavailable:
        raise
    except Exception as error:
        log.exception("trial %s failed", trial_id)
        keep_fault(trial=trial, fault=f"{type(error).__name__}: {error}")
    else:
        keep_trial(trial=trial, first=first, second=second)


def _verdicts(trial: Trial, assignment: Assignment, grader: WarmGrader) -> tuple[Report, Report | None]:
    """With the seed of the report that counts, so that nothing but the change shows; and with another seed."""
    job = job_for(trial.submission, assignment)
    environment = grader.environment(assignment.environment)
    if trial.before.fingerprint == (fingerprint(assignment, job, environment) or None):
        return Report.model_validate(trial.before.document), None

    def grade(seed: int) -> Report:
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                return believed(grader, job.model_copy(update={"seed": seed}))
            except GradingFault:
                if attempt == MAX_ATTEMPTS:
                    raise
        raise AssertionError("the last attempt returns or raises")

    return grade(trial.before.seed), grade(secrets.randbelow(_SEEDS))
