"""The solution: its page, the question before it is opened, and the file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kafedra.web.frame.language import spoken
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.solutions import pages, services
from kafedra.web.solutions.access import access_solution


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def solution(request: SignedInRequest, run: str, slug: str) -> HttpResponse:
    """The solution; for a student who has not opened it, what opening it means. A POST opens it."""
    found = access_solution(request.user, run, slug)
    if request.method == "POST":
        if not found.readable:
            services.open_solution(student=request.user, run=found.run.run, assignment=slug)
        return redirect("solutions:solution", run, slug)
    context = {
        "access": found.run,
        "homework": found.homework,
        "work": found.work,
        "line": found.line,
        "readable": found.readable,
        "solution": pages.page(slug, spoken()) if found.readable else None,
    }
    return render(request, "solutions/solution.html", context)


@signed_in
@never_cache
@require_safe
def notebook(request: SignedInRequest, run: str, slug: str) -> HttpResponse:
    """The solution as a notebook to download; who has not opened it is led to the question."""
    found = access_solution(request.user, run, slug)
    if not found.readable:
        return redirect("solutions:solution", run, slug)
    data = pages.notebook(slug)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="application/x-ipynb+json")
    response["Content-Disposition"] = f'attachment; filename="{slug}-solution.ipynb"'
    return response
