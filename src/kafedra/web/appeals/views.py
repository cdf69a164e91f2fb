"""The request under a test of one's own report, and the staff's answer to it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kafedra.grading.report import Report as Verdict
from kafedra.web.appeals import services
from kafedra.web.appeals.models import Appeal
from kafedra.web.people import throttle
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run_as_staff, one_of_run
from kafedra.web.runs.addresses import inbox_of
from kafedra.web.submissions.access import access_submission
from kafedra.web.submissions.addresses import desk_of, page_of
from kafedra.web.submissions.selectors import newest_report


class RequestForm(forms.Form):
    """About which test, and what is wrong with its verdict."""

    test = forms.CharField(max_length=200)
    message = forms.CharField(max_length=2000)


class AnswerForm(forms.Form):
    """What the student is told."""

    answer = forms.CharField(max_length=2000)


@signed_in
@require_POST
def ask(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Ask about one test of one's own submission."""
    submission = access_submission(request.user, pk)
    if submission.repository.run.slug != run:
        raise Http404
    if submission.repository.student_id != request.user.pk:
        raise PermissionDenied
    form, row = RequestForm(request.POST), newest_report(submission)
    tests = [test.id for test in Verdict.model_validate(row.document).tests] if row else []
    asked = request.POST.get("test", "")
    if form.is_valid() and asked in tests and (why := throttle.message_refused(request.user)):
        messages.error(request, why)
    elif form.is_valid() and asked in tests:
        services.ask(submission=submission, test=asked, message=form.cleaned_data["message"])
        messages.success(request, _("Asked. The answer will be here, beside the test, and among your news."))
    else:
        messages.error(request, _("Say in a few words what seems wrong to you."))
    page = page_of(submission)
    return redirect(f"{page}#test-{tests.index(asked) + 1}" if asked in tests else page)


@signed_in
@require_POST
def answer(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Answer one request; with `desk` the answer comes from the reviewer's desk, and leads back there."""
    _access, asked = access_appeal(request.user, run, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("An empty answer says nothing."))
    elif services.answer(request=asked, text=form.cleaned_data["answer"], by=request.user):
        messages.success(request, _("Answered; the student is told."))
    else:
        messages.warning(request, _("A colleague has answered already."))
    if "desk" in request.POST:
        chosen = f"?{query}" if (query := request.GET.urlencode()) else ""  # which part of the queue one goes through
        return redirect(f"{desk_of(asked.submission)}{chosen}#requests")
    return redirect(inbox_of(asked.submission.repository.run))


def access_appeal(user: User, run_slug: str, pk: int) -> tuple[RunAccess, Appeal]:
    """A request of the run, for its staff; Http404 when the run has none such."""
    rows = Appeal.objects.select_related("submission__repository__student", "submission__repository__run")
    return one_of_run(access_run_as_staff(user, run_slug), rows, pk, run="submission__repository__run")
