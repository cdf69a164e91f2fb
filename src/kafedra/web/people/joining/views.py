"""The form for those who want to join, and what the instructor does with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.people import throttle
from kafedra.web.people.access import SignedInRequest, access_domain, access_request, signed_in
from kafedra.web.people.evenly import evenly
from kafedra.web.people.joining import services
from kafedra.web.people.joining.forms import DeclineForm, DomainForm, RequestForm
from kafedra.web.people.members.selectors import Filter
from kafedra.web.people.runs import access_run_as_instructor
from kafedra.web.people.selectors import waiting_requests
from kafedra.web.runs import course
from kafedra.web.runs.models import Run


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, run: str) -> HttpResponse:
    """The form. What is answered is the same for a stranger, a member, and somebody who asked before."""
    row, facts = Run.objects.filter(slug=run).first(), course.current().runs.get(run)
    if row is None or facts is None or (facts.ends and facts.ends < timezone.localtime(clock.now()).date()):
        raise Http404
    form = RequestForm(request.POST if request.method == "POST" else None)
    asked = request.method == "POST" and form.is_valid() and _ask(request, row, form)
    status = 422 if request.method == "POST" and not asked else 200
    context = {"facts": facts, "form": form, "asked": asked}
    return render(request, "people/join.html", context, status=status)


def _ask(request: HttpRequest, run: Run, form: RequestForm) -> bool:
    data, address = form.cleaned_data, request.META.get("REMOTE_ADDR", "")
    if data["website"]:  # a program: it is told what everybody is told
        return True
    if why := throttle.letter_refused(email=data["email"], address=address):
        form.add_error(None, why)
        return False
    fields = {name: data[name] for name in ("name", "group", "email", "github")}
    with evenly():
        services.request_invitation(run=run, language=spoken(), **fields)
    return True


@signed_in
@require_POST
def approve(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Let one person in."""
    _access, asked = access_request(request.user, run, pk)
    if services.approve(request=asked, by=request.user):
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": asked.email})
    else:
        messages.warning(request, _("This request is decided already."))
    return _back(request, run)


@signed_in
@require_POST
def approve_all(request: SignedInRequest, run: str) -> HttpResponse:
    """Let in all who are ticked."""
    access = access_run_as_instructor(request.user, run)
    chosen = [asked for asked in waiting_requests(access.run) if str(asked.pk) in request.POST.getlist("request")]
    if chosen:
        messages.success(request, _let_in(services.approve_all(requests=chosen, by=request.user)))
    elif request.POST.getlist("request"):
        messages.warning(request, _("These requests are decided already."))
    else:
        messages.error(request, _("Choose at least one person."))
    return _back(request, run)


def _back(request: SignedInRequest, run: str) -> HttpResponse:
    """To the same part of the list."""
    shown = Filter(request.GET.get("q", "")[:100], request.GET.get("group", "")[:40])
    return redirect(reverse("people:people", args=[run]) + shown.query)


def _let_in(number: int) -> str:
    text = ngettext(
        "%(n)d person who waited is let in: the link is on its way.",
        "%(n)d people who waited are let in: the links are on their way.",
        number,
    )
    return text % {"n": number} if number else ""


@signed_in
@require_POST
def decline(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Refuse one person."""
    _access, asked = access_request(request.user, run, pk)
    form = DeclineForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if services.decline(request=asked, by=request.user, reason=reason):
        messages.success(request, _("Declined; a letter is on its way to %(email)s.") % {"email": asked.email})
    else:
        messages.warning(request, _("This request is decided already."))
    return _back(request, run)


@signed_in
@require_POST
def add_domain(request: SignedInRequest, run: str) -> HttpResponse:
    """A rule: whoever asks from this domain is let in."""
    access = access_run_as_instructor(request.user, run)
    form = DomainForm(request.POST)
    if form.is_valid():
        added = services.add_domain(run=access.run, domain=form.cleaned_data["domain"], by=request.user)
        told = [_("Requests from this domain are approved by themselves now."), _let_in(added.let_in)]
        messages.success(request, " ".join(filter(None, told)))
    else:
        messages.error(request, " ".join(map(str, form.errors["domain"])))
    return redirect("people:people", run)


@signed_in
@require_POST
def remove_domain(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Remove a rule."""
    _access, rule = access_domain(request.user, run, pk)
    services.remove_domain(rule=rule, by=request.user)
    messages.success(request, _("Requests from this domain wait for you again."))
    return redirect("people:people", run)
