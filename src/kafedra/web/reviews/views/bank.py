"""The comment bank of an assignment: reading it, adding to it, saying it better."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web.frame.prose import prose
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.reviews import bank as banks
from kafedra.web.reviews.access import access_bank, access_bank_entry
from kafedra.web.reviews.forms import BankForm
from kafedra.web.reviews.services import bank as writing


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: SignedInRequest, run: str, slug: str) -> HttpResponse:
    """Everything that is often said about this assignment. A POST adds an entry."""
    access, work = access_bank(request.user, run, slug)
    form = BankForm(request.POST or None, work=work)
    if request.method == "POST" and form.is_valid():
        writing.add(assignment=slug, by=request.user, **form.cleaned_data)
        messages.success(request, _("Added to the bank."))
        return redirect("reviews:bank", run, slug)
    guide = banks.review_page(slug).guide
    context = {
        "access": access,
        "work": work,
        "form": form,
        "guide": prose(guide) if guide else "",
        "entries": [(entry, prose(entry.text)) for entry in banks.entries(slug)],
    }
    return render(request, "reviews/bank.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_POST
def entry(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Change an entry that reviewers added, or with `hide` offer it no more."""
    access, found = access_bank_entry(request.user, run, pk)
    form = BankForm(request.POST, work=access.facts.work(found.assignment)[1])
    if "hide" in request.POST:
        writing.hide(entry=found, by=request.user)
        messages.success(request, _("It is no longer offered. Comments made with it stay."))
    elif form.is_valid():
        writing.change(entry=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("reviews:bank", run, found.assignment)
