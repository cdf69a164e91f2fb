"""The classroom's pages: the run with its plan, and an assignment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kafedra.grading import Outcome
from kafedra.web.executor.capacity import gpu_missing
from kafedra.web.executor.forecast import forecast
from kafedra.web.executor.live import live
from kafedra.web.frame.language import spoken
from kafedra.web.materials.access import is_public, public_front
from kafedra.web.materials.homework import topics_of_work
from kafedra.web.materials.statement import statement
from kafedra.web.pages.classroom.history import history
from kafedra.web.pages.classroom.turnout import turnout
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.hooks import sections
from kafedra.web.people.links.pending import pending
from kafedra.web.people.members.selectors import removals
from kafedra.web.people.runs import RunAccess, access_run, access_work, own_run
from kafedra.web.people.tokens import token_with_acceptance
from kafedra.web.runs import course
from kafedra.web.runs.soundness import HeldBack, problems_of
from kafedra.web.solutions.access import may_open
from kafedra.web.standings.line import Line
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions import cloning
from kafedra.web.submissions.models import State, Submission
from kafedra.web.submissions.selectors import repository_of
from kafedra.web.submissions.services import handing_in


@require_safe
def root(request: HttpRequest) -> HttpResponseBase:
    """Visitors to the site that is open to them, if one is; everybody else to the run they belong to."""
    front = "" if request.user.is_authenticated else public_front()
    return redirect("materials:plan", front) if front else _own_run(request)


@signed_in
def _own_run(request: SignedInRequest) -> HttpResponse:
    """Students to its home, staff to the gradebook."""
    access = own_run(request.user)
    if access is None:
        return render(request, "classroom/no_run.html", {"removals": removals(request.user)})
    return redirect("gradebook:gradebook" if access.is_staff else "classroom:home", access.run.slug)


@require_safe
def home(request: HttpRequest, run: str) -> HttpResponseBase:
    """The run's first page; visitors are led to its site, if it is open to them."""
    visits = not request.user.is_authenticated and is_public(run)
    return redirect("materials:plan", run) if visits else _home(request, run)


@signed_in
def _home(request: SignedInRequest, run: str) -> HttpResponse:
    """What is due, what did I get, and what other rooms have of the run."""
    access = access_run(request.user, run)
    context = {
        "access": access,
        "sections": sections(access),
        "pending_email": pending(request),
        "mine": standing_for(request.user, access.run),
    }
    return render(request, "classroom/home.html", context)


def _has_solution(slug: str) -> bool:
    """What a person marks, such as an essay, has no right answer to show."""
    written = course.current().assignments.get(slug)
    return written is not None and not written.by_hand


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: SignedInRequest, run: str, slug: str) -> HttpResponse:
    """The statement, Accept, and every submission. A POST accepts; htmx asks for the moving part only."""
    access, homework, work = access_work(request.user, run, slug)
    line = standing_for(request.user, access.run).line(slug)
    news = _news(line)
    may_start = line.ready or (access.is_staff and slug in course.current().assignments)
    refused = 0
    if request.method == "POST" and may_start:
        context = _accept(access, slug)
        refused = 503 if "failed" in context else 0
    elif request.htmx and request.GET.get("seen") == _version(line, news):
        return HttpResponse(status=204)  # htmx leaves the page as it is
    else:
        context = _repository(access, slug)
    status = 409 if request.method == "POST" and not may_start else refused or 200
    line = standing_for(request.user, access.run).line(slug) if request.method == "POST" else line
    context |= {"access": access, "homework": homework, "work": work, "line": line, "may_start": may_start}
    pushes = history(context["repository"], line.history) if context["repository"] else []
    verdict = next((push for push in pushes if push.tests), None)
    context |= {"version": _version(line, news), "pushes": pushes, "verdict": verdict, **news}
    if request.htmx:
        shown = 200 if refused else status  # htmx puts no other answer into the page
        return render(request, "classroom/_work.html", context, status=shown)
    context["statement"] = statement(slug, spoken()) if may_start else None
    context |= {"has_solution": _has_solution(slug), "solution_open": may_open(line)}
    context["topics"] = topics_of_work(course.current().runs[access.run.slug], slug)
    context["turnout"] = turnout(access.run, slug) if access.is_staff else None
    return render(request, "classroom/assignment.html", context, status=status)


def _accept(access: RunAccess, slug: str) -> dict[str, Any]:
    """Accept; whoever has no token for git yet gets one with it, shown in this answer only."""
    try:
        accepted = handing_in.accept_assignment(student=access.user, run=access.run, assignment=slug)
    except (HeldBack, handing_in.NotMade) as error:
        return {**_repository(access, slug), "failed": not isinstance(error, HeldBack) or not error.problems}
    token = token_with_acceptance(user=access.user, accepted_at=accepted.accepted_at)
    return _repository(access, slug, token)


def _repository(access: RunAccess, slug: str, token: str = "") -> dict[str, Any]:
    repository = repository_of(access.run, slug, access.user)
    if repository is None:
        return {"repository": None, "mistakes": problems_of(slug)}
    return {
        "repository": repository,
        "token": token,
        "clone": cloning.clone_command(access.user.username, repository),
        "clone_with_token": cloning.clone_command(access.user.username, repository, token) if token else "",
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
    return "-".join([line.state, str(line.points), *place, *newest, str(left)])
