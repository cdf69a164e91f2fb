"""Extensions and points set by hand: granted after a look at what they move, undone with one click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web import clock
from kafedra.web.adjustments import selectors, services
from kafedra.web.adjustments.access import access_extension, access_override
from kafedra.web.adjustments.forms import ExtensionForm, PointsForm
from kafedra.web.adjustments.models import Extension
from kafedra.web.adjustments.moves import covered, moves
from kafedra.web.frame.language import spoken
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run_as_instructor
from kafedra.web.people.students import students_of
from kafedra.web.runs import terms
from kafedra.web.standings.comparison import StandingComparison, compare
from kafedra.web.standings.facts import Facts, facts
from kafedra.web.standings.values import ByHand, Later


@signed_in
@require_http_methods(["GET", "HEAD"])
def adjustments(request: SignedInRequest, run: str) -> HttpResponse:
    """All extensions and points set by hand, and the forms for new ones; `?student=…&assignment=…` fill them in."""
    access = access_run_as_instructor(request.user, run)
    return _page(request, access)


def _page(request: SignedInRequest, access: RunAccess, status: int = 200, **forms: Any) -> HttpResponse:
    students = students_of(access.run)
    asked = {name: request.GET.get(name, "") for name in ("student", "assignment", "submission")}
    extensions, overrides = selectors.given_in(access.run)
    works = access.facts.works
    titles = {work.slug: work.title.in_(spoken()) for work in works}
    context = {
        "access": access,
        "batches": _batches(extensions, titles),
        "covered": covered(extensions, terms.in_force(access.run.slug).deadlines),
        "overrides": [(one, titles.get(one.assignment, one.assignment)) for one in overrides],
        "extension_form": ExtensionForm(
            access.facts,
            students,
            initial={"students": [asked["student"]], "assignments": [asked["assignment"]]},
        ),
        "points_form": PointsForm(access.run, access.facts, students, initial=asked),
        **forms,
    }
    return render(request, "adjustments/adjustments.html", context, status=status)


def _batches(
    extensions: Sequence[Extension], titles: Mapping[str, str]
) -> list[tuple[list[tuple[Extension, str]], int]]:
    """What was given together stands together: each extension with the assignment's title, and how many hold."""
    found = []
    for _batch, group in groupby(extensions, key=lambda one: one.batch):
        rows = [(one, titles.get(one.assignment, one.assignment)) for one in group]
        found.append((rows, sum(one.undone_at is None for one, _title in rows)))
    return found


@signed_in
@require_POST
def extend(request: SignedInRequest, run: str) -> HttpResponse:
    """First what an extension would move, then, confirmed, the extension."""
    access = access_run_as_instructor(request.user, run)
    form = ExtensionForm(access.facts, students_of(access.run), request.POST)
    if not form.is_valid():
        return _page(request, access, 422, extension_form=form)
    people, grant = form.people(), form.grant()
    later = Later(grant.deadline, grant.days)
    known = facts(access.run, students=people)
    after = known.extended({(student.pk, slug): later for student in people for slug in grant.assignments})
    moved = moves([access.facts.work(slug) for slug in grant.assignments], people, known, after)
    if not request.POST.get("confirm"):
        shown = {"people": people, "grant": grant, "moved": moved}
        return _preview(request, access, form, _compared(access, people, known, after), **shown)
    services.extend(run=access.run, students=people, grant=grant, by=request.user, batch=form.cleaned_data["batch"])
    count = len({pk for one in moved for pk in one.people})
    told = ngettext("The deadline is moved for %(n)d student.", "The deadline is moved for %(n)d students.", count)
    messages.success(request, told % {"n": count} if count else _("Everybody has a later deadline already."))
    return redirect("adjustments:adjustments", run)


@signed_in
@require_POST
def set_points(request: SignedInRequest, run: str) -> HttpResponse:
    """First what points set by hand would move, then, confirmed, the points."""
    access = access_run_as_instructor(request.user, run)
    form = PointsForm(access.run, access.facts, students_of(access.run), request.POST)
    if not form.is_valid():
        return _page(request, access, 422, points_form=form)
    (student, submission), data = form.chosen(), form.cleaned_data
    if not request.POST.get("confirm"):
        known, by_hand = facts(access.run, students=[student]), ByHand(data["points"], data["reason"], clock.now())
        after = (
            known.judged_by_hand({submission.pk: by_hand})
            if submission
            else known.set_by_hand({(student.pk, data["assignment"]): by_hand})
        )
        works = [access.facts.work(data["assignment"])]
        shown = {"people": [student], "works": works, "points": data["points"], "submission": submission}
        shown["replaced"] = selectors.by_hand(access.run, student, data["assignment"], submission)
        return _preview(request, access, form, _compared(access, [student], known, after), **shown)
    services.set_points(
        run=access.run, student=student, assignment=data["assignment"], points=data["points"], reason=data["reason"],
        submission=submission, by=request.user,
    )  # fmt: skip
    messages.success(request, _("The points are set."))
    return redirect("adjustments:adjustments", run)


def _compared(access: RunAccess, people: list[User], before: Facts, after: Facts) -> StandingComparison:
    in_force = terms.in_force(access.run.slug)
    return compare(people, (in_force, before), (in_force, after))


def _preview(
    request: SignedInRequest,
    access: RunAccess,
    form: ExtensionForm | PointsForm,
    comparison: StandingComparison,
    **shown: Any,
) -> HttpResponse:
    repeated = [
        (name, value)
        for name in form.fields
        for value in (request.POST.getlist(name))
        if value
    ]  # fmt: skip
    context = {"access": access, "form": form, "comparison": comparison, "repeated": repeated, **shown}
    return render(request, "adjustments/preview.html", context)


@signed_in
@require_POST
def undo_extension(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Undo one extension, or all that were given together with it."""
    access, extension = access_extension(request.user, run, pk)
    together = Extension.objects.filter(run=access.run, batch=extension.batch).select_related("run", "student")
    chosen = list(together) if "all" in request.POST else [extension]
    undone = services.undo_extensions(extensions=chosen, by=request.user)
    told = ngettext("%(n)d extension is undone.", "%(n)d extensions are undone.", undone) % {"n": undone}
    messages.success(request, told if undone else _("It was undone already."))
    return redirect("adjustments:adjustments", run)


@signed_in
@require_POST
def undo_points(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Let the tests decide again."""
    _access, override = access_override(request.user, run, pk)
    undone = services.undo_points(override=override, by=request.user)
    messages.success(request, _("The points set by hand are undone.") if undone else _("It was undone already."))
    return redirect("adjustments:adjustments", run)
