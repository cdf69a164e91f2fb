"""The classroom's pages: the run with its plan, an assignment, a submission's report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kafedra.grading import Outcome
from kafedra.web.classroom import addresses, comparing, course, selectors, services, verdicts
from kafedra.web.classroom.access import RunAccess, access_run, access_submission, access_work, own_run
from kafedra.web.classroom.executor.capacity import gpu_missing
from kafedra.web.classroom.executor.forecast import forecast
from kafedra.web.classroom.executor.live import live
from kafedra.web.classroom.models import State, Submission
from kafedra.web.classroom.regrades.selectors import by_test
from kafedra.web.classroom.solutions.access import may_open
from kafedra.web.classroom.statement import statement
from kafedra.web.classroom.terms.selectors import terms_wait
from kafedra.web.classroom.turnout import turnout
from kafedra.web.config.language import spoken
from kafedra.web.gradebook.selectors import Line, standing_for
from kafedra.web.notices.selectors import unread
from kafedra.web.people import selectors as people
from kafedra.web.people import services as people_services
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.members.selectors import removals
from kafedra.web.reviews.published import on_report


@signed_in
@require_safe
def root(request: SignedInRequest) -> HttpResponse:
    """To the run one belongs to: students to its home, staff to the gradebook."""
    access = own_run(request.user)
    if access is None:
        return render(request, "classroom/no_run.html", {"removals": removals(request.user)})
    return redirect("gradebook:gradebook" if access.is_staff else "classroom:home", access.run.slug)


@signed_in
@require_safe
def home(request: SignedInRequest, run: str) -> HttpResponse:
    """What is due, what did I get, and the plan."""
    access = access_run(request.user, run)
    context = {
        "access": access,
        "mine": standing_for(request.user, access.run),
        "news": unread(request.user),
        "terms_wait": access.is_instructor and terms_wait(access.run),
        "plan": [(course.current().topic(entry.topic_number), entry.date) for entry in access.facts.plan],
    }
    return render(request, "classroom/home.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: SignedInRequest, run: str, slug: str) -> HttpResponse:
    """The statement, Accept, and every submission. A POST accepts; htmx asks for the moving part only."""
    access, homework, work = access_work(request.user, run, slug)
    line = standing_for(request.user, access.run).line(slug)
    news = _news(line)
    may_start = line.ready or (access.is_staff and slug in course.current().assignments)
    if request.method == "POST" and may_start:
        context = _accept(access, slug)
    elif request.htmx and request.GET.get("seen") == _version(line, news):
        return HttpResponse(status=204)  # htmx leaves the page as it is
    else:
        context = _repository(access, slug)
    status = 409 if request.method == "POST" and not may_start else 200
    line = standing_for(request.user, access.run).line(slug) if request.method == "POST" else line
    context |= {"access": access, "homework": homework, "work": work, "line": line, "may_start": may_start}
    context |= {"version": _version(line, news), **news}
    if request.htmx:
        return render(request, "classroom/_work.html", context, status=status)
    context["statement"] = statement(slug, spoken()) if may_start else None
    context |= {"has_solution": slug in course.current().assignments, "solution_open": may_open(line)}
    context["turnout"] = turnout(access.run, slug) if access.is_staff else None
    return render(request, "classroom/assignment.html", context, status=status)


def _accept(access: RunAccess, slug: str) -> dict[str, Any]:
    """Accept; whoever has no token for git yet gets one with it, shown in this answer only."""
    services.accept_assignment(student=access.user, run=access.run, assignment=slug)
    token = ""
    if not people.live_tokens(access.user).exists():
        _row, token = people_services.issue_token(user=access.user, label="git")
    return _repository(access, slug, token)


def _repository(access: RunAccess, slug: str, token: str = "") -> dict[str, Any]:
    repository = selectors.repository_of(access.run, slug, access.user)
    if repository is None:
        return {"repository": None}
    return {
        "repository": repository,
        "token": token,
        "clone": addresses.clone_command(access.user.username, repository),
        "clone_with_token": addresses.clone_command(access.user.username, repository, token) if token else "",
    }


def _news(line: Line) -> dict[str, Any]:
    """Of the newest submission: its place in the queue and the expected wait, then the tests that have ended."""
    found: dict[str, Any] = {"forecast": None, "passed": 0, "lost": ()}
    if line.latest is not None and line.latest.state is State.RUNNING:
        ended = live.tests(line.latest.id)
        lost = [test for test in ended if test.outcome is not Outcome.PASSED]
        found |= {"passed": len(ended) - len(lost), "lost": lost}
    elif line.latest is not None and line.latest.state is State.WAITING:
        waiting = Submission.objects.select_related("repository").get(pk=line.latest.id)
        found |= {"forecast": forecast(waiting), "no_gpu": gpu_missing(line.work.slug)}
    return found


def _version(line: Line, news: Mapping[str, Any]) -> str:
    """Changes when the moving part of an assignment's page does."""
    place = [str(news["forecast"].ahead)] if news["forecast"] else [f"{news['passed']}+{len(news['lost'])}"]
    newest = [f"{mark.id}{mark.state[0]}" for mark in line.history[:3]]
    left = sum(push.state in (State.WAITING, State.RUNNING) for push in line.pushed)
    return "-".join([line.state, *place, *newest, str(left)])


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
        "mark": next(mark for mark in line.history if mark.id == found.pk),
        "no_gpu": not found.finished and gpu_missing(work.slug),
        "forecast": expected,
        "so_far": so_far,
        "version": version,
        "reviewed": on_report(found),
        "regrades": by_test(found),
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
