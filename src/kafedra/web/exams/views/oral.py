"""The oral part on a big screen: whose turn it is, a draw, the card."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kafedra.course.tickets import Card, TicketsFile
from kafedra.web.exams.models import Draw
from kafedra.web.exams.oral import services
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run_as_staff
from kafedra.web.people.students import students_of
from kafedra.web.runs import course


class DrawForm(forms.Form):
    """Whose turn it is."""

    student = forms.IntegerField(min_value=1)


def _tickets(name: str) -> TicketsFile:
    found = course.current().tickets.get(name)
    if found is None:
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tickets(request: SignedInRequest, run: str, name: str) -> HttpResponse:
    """Draw for a student, and show the card: `?draw=17`. Without one the screen is empty for who comes next."""
    access, file = access_run_as_staff(request.user, run), _tickets(name)
    if request.method != "POST":
        return _page(request, access, name, file)
    form = DrawForm(request.POST)
    wanted = form.cleaned_data["student"] if form.is_valid() else 0
    student = next((one for one in students_of(access.run) if one.pk == wanted), None)
    if student is None:
        messages.error(request, _("Choose whose turn it is."))
        return _page(request, access, name, file, 422)
    drawn = services.draw(run=access.run, name=name, tickets=file, student=student, by=request.user)
    return redirect(f"{reverse('exams:tickets', args=[run, name])}?draw={drawn.pk}")


def _page(request: SignedInRequest, access: RunAccess, name: str, file: TicketsFile, status: int = 200) -> HttpResponse:
    rows = list(Draw.objects.filter(run=access.run, tickets=name).select_related("student", "by"))
    wanted = request.GET.get("draw", "")
    shown = next((one for one in rows if str(one.pk) == wanted), None)
    drawn = {one.student_id for one in rows}
    students = [(one, one.pk in drawn) for one in students_of(access.run)]
    context = {
        "access": access, "name": name, "file": file, "shown": shown, "card": _card(file, shown), "status": status,
        "students": sorted(students, key=lambda one: one[1]), "rows": [(one, _card(file, one)) for one in rows],
    }  # fmt: skip
    return render(request, "exams/tickets.html", context, status=status)


def _card(file: TicketsFile, drawn: Draw | None) -> tuple[int, Card] | None:
    """The card with its number; None for one that the file has no more."""
    try:
        return file.card(drawn.card) if drawn else None
    except KeyError:
        return None


@signed_in
@require_http_methods(["GET", "HEAD"])
def cards(request: SignedInRequest, run: str, name: str) -> HttpResponse:
    """Every card with its answers, for who asks; not for the big screen."""
    access, file = access_run_as_staff(request.user, run), _tickets(name)
    return render(request, "exams/cards.html", {"access": access, "name": name, "file": file})
