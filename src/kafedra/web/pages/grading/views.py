"""The staff's page of what is being graded, and the button that grades once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.pages.grading import selectors
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run_as_staff
from kafedra.web.submissions.access import access_submission
from kafedra.web.submissions.services import verdicts


@signed_in
@require_safe
def grading(request: SignedInRequest, run: str) -> HttpResponse:
    """What runs, what waits, what failed. Htmx asks for the moving part, and gets 204 while nothing has moved."""
    access = access_run_as_staff(request.user, run)
    found = selectors.on_the_way(access.run)
    if request.htmx and request.GET.get("seen") == found.version:
        return HttpResponse(status=204)
    titles = {work.slug: work.title for work in access.facts.works}
    context = {"access": access, "found": found, "titles": titles}
    return render(request, "grading/_grading.html" if request.htmx else "grading/grading.html", context)


@signed_in
@require_POST
def grade_again(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Run the tests on one submission once more, even if an earlier report of the same code would do."""
    access = access_run_as_staff(request.user, run)
    submission = access_submission(request.user, pk)
    if submission.repository.run_id != access.run.pk:
        raise Http404
    if verdicts.grade_again(submission=submission, by=request.user):
        messages.success(request, _("It is in the queue. Until the new verdict is there the old one counts."))
    else:
        messages.info(request, _("It is on its way already."))
    return redirect("classroom:submission", run, pk)
