"""The instructors' page of an assignment's versions, and what `kafedra check` asks."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kafedra.course import CourseError
from kafedra.grading.library import library_of
from kafedra.web.git.command import GitFailed
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run_as_instructor
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.runs.soundness import HeldBack
from kafedra.web.submissions import editions
from kafedra.web.submissions.files import STUDENTS_OWN
from kafedra.web.updates import selectors, services

LONGEST_NOTE = 2000


class PublishForm(forms.Form):
    """What students are told of the change."""

    note = forms.CharField(
        label=gettext_lazy("What has changed, for students"),
        help_text=gettext_lazy("Two sentences: what was wrong, and whom it concerns. It stands in every clone."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_safe
def newest(_request: HttpRequest, run: str, slug: str) -> JsonResponse:
    """When the newest version was published, git's names of its files, but for what is the student's own, and which
    Python, modules and packages it is graded with.

    Open to everybody: a clone brings no session, and what it tells is less than what a clone has.
    """
    row = Run.objects.filter(slug=run).first()
    assignment = course.current().assignments.get(slug)
    if row is None or assignment is None:
        raise Http404
    own = {*assignment.handed_in, *STUDENTS_OWN}
    library = library_of(assignment.environment.python, assignment.packages)
    last = next(reversed(editions.published(row, slug)), None)
    return JsonResponse(
        {
            "published_at": last and last.published_at,
            "files": {name: blob for name, blob in last.files.items() if name not in own} if last else {},
            "python": library and library.python,
            "modules": library.modules if library else (),
            "packages": library.packages if library else {},
        }
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: SignedInRequest, run: str, slug: str) -> HttpResponse:
    """Who has which version, what the present one would change for whom; a POST publishes it."""
    access = access_run_as_instructor(request.user, run)
    if slug not in course.current().assignments or slug not in {work.slug for work in access.facts.works}:
        raise Http404
    form = PublishForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if problem := _publish(access, slug, form.cleaned_data["note"]):
            form.add_error(None, problem)
        else:
            messages.success(request, _("Published. Everybody concerned was told, and their next git pull brings it."))
            return redirect("updates:update", run, slug)
    return render(request, "updates/update.html", _shown(access, slug, form), status=422 if form.errors else 200)


def _publish(access: RunAccess, slug: str, note: str) -> str:
    try:
        services.publish(run=access.run, assignment=slug, note=note, by=access.user)
    except services.NothingNew:
        return _("There is nothing new: everybody has the assignment as it is now, or is offered it.")
    except (HeldBack, CourseError) as error:
        return str(error)
    except (GitFailed, OSError):
        return _("The new version could not be built: the failure is ours. Try again in a minute.")
    return ""


def _shown(access: RunAccess, slug: str, form: PublishForm) -> dict[str, object]:
    groups, trouble = list[selectors.Group](), ""
    try:
        groups = selectors.groups(access.run, editions.draft(access.run, course.current().assignments[slug]))
    except (CourseError, GitFailed, OSError) as error:
        trouble = str(error)
    _homework, work = access.facts.work(slug)
    return {
        "access": access,
        "work": work,
        "form": form,
        "trouble": trouble,
        "concerned": [group for group in groups if group.matters],
        "accepted": sum(len(group.students) for group in groups),
        "spread": selectors.spread(access.run, slug),
        "versions": list(reversed(editions.published(access.run, slug))),
    }
