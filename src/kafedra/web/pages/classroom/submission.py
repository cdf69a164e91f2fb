"""One submission's report, and two submissions of one student side by side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kafedra.web.appeals.selectors import by_test
from kafedra.web.executor.capacity import gpu_missing
from kafedra.web.executor.forecast import forecast
from kafedra.web.executor.live import live
from kafedra.web.pages.classroom import comparing, verdicts
from kafedra.web.pages.classroom.history import history
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_work
from kafedra.web.reviews.published import on_report
from kafedra.web.runs import course
from kafedra.web.standings.facts import by_review
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions.access import access_submission
from kafedra.web.submissions.models import State, Submission


@signed_in
@require_safe
def submission(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The report of one submission; while there is none, where it stands. Htmx asks for the moving part only."""
    found = access_submission(request.user, pk)
    if found.repository.run.slug != run:
        raise Http404
    expected = forecast(found) if found.state == State.WAITING else None
    so_far = live.tests(found.pk) if found.state == State.RUNNING else ()
    version = f"{found.state}-{expected.ahead if expected else len(so_far)}"
    if request.htmx and request.GET.get("seen") == version:
        return HttpResponse(status=204)
    access, homework, work = access_work(request.user, run, found.repository.assignment)
    verdict = verdicts.shown(found)  # before the standing: what has a report then has points there
    line = standing_for(found.repository.student, access.run).line(work.slug)
    context = {
        "access": access,
        "homework": homework,
        "work": work,
        "line": line,
        "submission": found,
        "student": found.repository.student,
        "pushes": history(found.repository, line.history),
        "mark": next(mark for mark in line.history if mark.id == found.pk),
        "no_gpu": not found.finished and gpu_missing(work.slug),
        "forecast": expected,
        "so_far": so_far,
        "version": version,
        "without_tests": work.slug in by_review(course.current().assignments),
        "reviewed": on_report(found),
        "appeals": by_test(found),
        "may_ask": found.repository.student_id == request.user.pk,
        **verdict,
    }
    template = "classroom/_submission.html" if request.htmx else "classroom/submission.html"
    return render(request, template, context)


@signed_in
@require_safe
def compare(request: SignedInRequest, run: str, slug: str) -> HttpResponse:
    """What changed between two submissions of one student, by default the newest two; staff names them by id."""
    access, _homework, work = access_work(request.user, run, slug)
    new = _asked_submission(request, "new", access, slug)
    student = new.repository.student if new else request.user
    line = standing_for(student, access.run).line(slug)
    pks = [mark.id for mark in line.history]
    if len(pks) < 2:
        raise Http404
    new = new or access_submission(request.user, pks[0])
    following = pks.index(new.pk) + 1
    before = pks[following] if following < len(pks) else pks[-1]
    old = _asked_submission(request, "old", access, slug) or access_submission(request.user, before)
    if old.repository_id != new.repository_id:
        raise Http404
    context = {"access": access, "work": work, "line": line, "student": student, "old": old, "new": new}
    context["pushes"] = history(new.repository, line.history)
    return render(request, "classroom/compare.html", context | {"comparison": comparing.compare(old, new)})


def _asked_submission(request: SignedInRequest, name: str, access: RunAccess, slug: str) -> Submission | None:
    """The submission that the address names, or None when it names none; Http404 for one of another place."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    found = access_submission(request.user, int(text))
    if (found.repository.run_id, found.repository.assignment) != (access.run.pk, slug):
        raise Http404
    return found
