"""Reading, homework with statements for visitors, other runs, search, and with whose eyes staff looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kafedra.course import Localized
from kafedra.web.frame.addresses import safe_address
from kafedra.web.frame.language import spoken
from kafedra.web.materials import searching
from kafedra.web.materials.access import AS_STUDENT, access_site, for_readers
from kafedra.web.materials.homework import homework_of
from kafedra.web.materials.places import framed, runs_for
from kafedra.web.materials.statement import statement as rendered_statement
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.hooks import found
from kafedra.web.people.runs import access_run_as_staff
from kafedra.web.runs import course
from kafedra.web.runs.addresses import assignment_page


@dataclass(frozen=True)
class ShownRun:
    """A run of the archive, with its first and its last announced day."""

    slug: str
    title: Localized
    first: date | None
    last: date | None


@for_readers
@require_safe
def reading(request: HttpRequest, run: str) -> HttpResponse:
    """What to read, what for, how long; and what the course stands on."""
    reader, known = access_site(request, run), course.current()
    planned = dict.fromkeys(number for one in reader.facts.plan for number in one.topics)
    context = {
        "foundations": [one for one in known.reading if one.foundation],
        "others": [one for one in known.reading if not one.foundation],
        "by_topic": [
            (known.topic(number), known.materials[number].reading)
            for number in planned
            if number in known.materials and reader.opens(number, "materials")
        ],
    }
    return render(request, "materials/reading.html", framed(request, reader) | context)


@for_readers
@require_safe
def homework(request: HttpRequest, run: str) -> HttpResponse:
    """Every assignment of the run, with its points and days."""
    reader = access_site(request, run)
    return render(request, "materials/homework.html", framed(request, reader) | {"homework": homework_of(reader)})


@for_readers
@require_safe
def statement(request: HttpRequest, run: str, slug: str) -> HttpResponse:
    """What an assignment asks, for visitors; members have a page where they also start it."""
    reader = access_site(request, run)
    shown = {work.slug: (one.facts, work) for one in homework_of(reader) for work in one.works}
    if slug not in shown or not shown[slug][1].address:
        raise Http404
    if reader.access is not None:
        return redirect(assignment_page(reader.run, slug))
    facts, work = shown[slug]
    context = {"homework": facts, "work": work, "text": rendered_statement(slug, spoken())}
    return render(request, "materials/statement.html", framed(request, reader) | context)


@for_readers
@require_safe
def runs(request: HttpRequest, run: str) -> HttpResponse:
    """The runs of the course that one may read, the latest first."""
    reader = access_site(request, run)
    shown = [_shown(slug) for slug in runs_for(request)]
    return render(request, "materials/runs.html", framed(request, reader) | {"runs": shown})


@for_readers
@require_safe
def search(request: HttpRequest, run: str) -> HttpResponse:
    """What has all the words that are looked for: of the course, and to members of what was asked and answered."""
    reader, query = access_site(request, run), request.GET.get("q", "")[:200]
    results = searching.search(reader, query) if query else []
    others = found(reader.seen_as, query) if query and reader.seen_as else []
    context = {"query": query, "results": results, "others": others, "index": getattr(request, "index", "")}
    return render(request, "materials/search.html", framed(request, reader) | context)


@signed_in
@require_POST
def eyes(request: SignedInRequest, run: str) -> HttpResponse:
    """Let staff see what students see, until they want their own view back."""
    access_run_as_staff(request.user, run)
    response = HttpResponseRedirect(safe_address(request, request.POST.get("next", "")) or "/")
    if request.POST.get("as") == "student":
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(AS_STUDENT, run, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(AS_STUDENT)
    return response


def _shown(slug: str) -> ShownRun:
    facts = course.current().runs[slug]
    days = [one.date for one in facts.plan if one.date is not None]
    return ShownRun(slug, facts.title, facts.starts or min(days, default=None), facts.ends or max(days, default=None))
