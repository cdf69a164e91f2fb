"""The staff's side of feedback: results with their words, remarks, the pool of memes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run_as_staff
from kafedra.web.surveys import memes, selectors
from kafedra.web.surveys.access import access_answer, access_remark, access_results, access_uploaded_meme
from kafedra.web.surveys.addresses import results_of
from kafedra.web.surveys.models import Triage
from kafedra.web.surveys.working import services
from kafedra.web.surveys.working.forms import TAKES_UP, MemeForm, RemarkForm, TriageForm


@signed_in
@require_safe
def results(request: SignedInRequest, run: str, topic: int) -> HttpResponse:
    """What was answered about one topic, as far as the box is open."""
    access, one = access_results(request.user, run, topic)
    found = next((result for result in selectors.results(access) if result.topic.number == topic), None)
    context = {
        "access": access,
        "asked": one,
        "result": found,
        "students": selectors.students_asked(access.run),
        "words": selectors.words_of(access.run, topic, one.survey),
        "remarks": selectors.remarks_on(access.run, topic),
        "remark_form": RemarkForm(),
    }
    return render(request, "surveys/results.html", context)


@signed_in
@require_POST
def look_through(request: SignedInRequest, run: str, key: UUID) -> HttpResponse:
    """Say what becomes of an answer."""
    access, answer = access_answer(request.user, run, key)
    form = TriageForm(access.run, answer.topic, request.POST)
    page = results_of(access.run, answer.topic)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(f"{page}#answer-{answer.pk}")
    data, remark = form.cleaned_data, None
    if data["state"] in TAKES_UP:
        remark = data["remark"] or services.write_remark(
            run=access.run, topic=answer.topic, said=data["said"], done=data["done"], by=request.user
        )
    services.look_through(answer=answer, state=Triage(data["state"]), by=request.user, remark=remark)
    return redirect(f"{page}#question-{answer.question}")


@signed_in
@require_POST
def new_remark(request: SignedInRequest, run: str, topic: int) -> HttpResponse:
    """A remark that no single answer asked for."""
    access, _one = access_results(request.user, run, topic)
    form = RemarkForm(request.POST)
    if form.is_valid():
        services.write_remark(run=access.run, topic=topic, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Say what was heard."))
    return redirect(f"{results_of(access.run, topic)}#remarks")


@signed_in
@require_POST
def remark(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Change a remark, or, with `remove`, take it away."""
    access, row = access_remark(request.user, run, pk)
    form = RemarkForm(request.POST)
    if "remove" in request.POST:
        services.remove_remark(remark=row, by=request.user)
    elif form.is_valid():
        services.change_remark(remark=row, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Say what was heard."))
    return redirect(f"{results_of(access.run, row.topic)}#remarks")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def memes_page(request: SignedInRequest, run: str) -> HttpResponse:
    """The pool of the run: the course's own and what staff have added."""
    access = access_run_as_staff(request.user, run)
    form = MemeForm(request.POST, request.FILES) if request.method == "POST" else MemeForm()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        services.add_meme(run=access.run, picture=data["picture"], alt=data["alt"], by=request.user)
        messages.success(request, _("It is in the pool."))
        return redirect("surveys:memes", run)
    context = {"access": access, "form": form, "pool": memes.pool(access.run).values()}
    return render(request, "surveys/memes.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def take_out(request: SignedInRequest, run: str, key: UUID) -> HttpResponse:
    """Take an uploaded meme out of the pool."""
    _access, row = access_uploaded_meme(request.user, run, key)
    services.take_out_meme(meme=row, by=request.user)
    messages.success(request, _("It is taken out."))
    return redirect("surveys:memes", run)
