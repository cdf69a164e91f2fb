"""What the course's files would change, and whom it would move; an instructor lets it count."""

from __future__ import annotations

import hashlib
import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run_as_instructor
from kafedra.web.people.students import students_of
from kafedra.web.runs import course, terms
from kafedra.web.runs.addresses import gradebook_of
from kafedra.web.runs.terms.selectors import accepted_terms
from kafedra.web.runs.terms.values import Terms
from kafedra.web.standings.comparison import compare
from kafedra.web.standings.facts import facts
from kafedra.web.terms import services


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def changed_terms(request: SignedInRequest, run: str) -> HttpResponse:
    """What the files say otherwise than what is in force, and whom it would move. A POST lets it count."""
    access, written = access_run_as_instructor(request.user, run), terms.written(run)
    if request.method == "POST":
        if request.POST.get("shown") != _digest(written):
            told = _("The files have changed since this page was shown. Nothing is applied: look again.")
            messages.error(request, told)
            return redirect("terms:changed", run)
        services.accept(run=access.run, by=request.user)
        messages.success(request, _("Applied: points and deadlines follow the files now."))
        return redirect(gradebook_of(access.run))
    before, known = accepted_terms().get(run, written), facts(access.run)
    titles = {work.slug: work.title for work in course.written().runs[run].works}
    context = {
        "access": access,
        "differences": [(one, titles.get(one.slug)) for one in terms.differences(before, written)],
        "comparison": compare(students_of(access.run), (before, known), (written, known)),
        "shown": _digest(written),
    }
    return render(request, "terms/terms.html", context)


def _digest(written: Terms) -> str:
    """A name for exactly these terms."""
    return hashlib.sha256(json.dumps(terms.as_json(written), sort_keys=True).encode()).hexdigest()[:16]
