"""The page of one member: role, group, and the way out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web.people.access import SignedInRequest, access_member, signed_in
from kafedra.web.people.members.forms import MemberForm, RemovalForm
from kafedra.web.people.members.leftovers import left_behind
from kafedra.web.people.members.selectors import was_removed, why_stays
from kafedra.web.people.members.services import belonging, leaving
from kafedra.web.people.models import Membership, Role
from kafedra.web.people.runs import RunAccess, access_run_as_instructor


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Another role, another group. Nobody takes the role of instructor from themselves."""
    found = _found(request, run, pk)
    if found is None:
        return _back(request, run)
    access, membership = found
    if request.method != "POST":
        return _page(request, access, membership)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, access, membership, form=form, status=422)
    if form.overtaken(membership):
        messages.error(request, _("A colleague has changed this meanwhile. Look at it and save again."))
        return _page(request, access, membership, status=422)
    if _changed(request, membership, Role(form.wanted("role", membership)), form.wanted("group", membership)):
        return _back(request, run)
    return redirect(request.get_full_path())


def _changed(request: SignedInRequest, membership: Membership, role: Role, group: str) -> bool:
    if membership.user_id == request.user.pk and role != membership.role:
        messages.error(request, _("You can't change your own role: ask another instructor."))
        return False
    try:
        ended = belonging.change_role(membership=membership, role=role, by=request.user)
    except belonging.LastInstructor:
        messages.error(request, _stays("last_instructor"))
        return False
    belonging.change_group(membership=membership, group=group, by=request.user)
    messages.success(request, " ".join([_("Saved."), *ended]))
    return True


@signed_in
@require_POST
def remove(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take a member out of the run: first what stays and what ends, then, confirmed, the end."""
    found = _found(request, run, pk)
    if found is None:
        return _back(request, run)
    access, membership = found
    form = RemovalForm(request.POST)
    if (why := why_stays(membership, request.user)) or not form.is_valid():
        return _page(request, access, membership, removal=form, stays=_stays(why), status=422)
    if "confirm" not in request.POST:
        context = {"access": access, "member": membership, "form": form, "left": left_behind(membership)}
        return render(request, "people/remove_member.html", context | {"query": request.GET.urlencode()})
    name, reason = membership.user.get_full_name(), form.cleaned_data["why"]
    try:
        ended = leaving.remove(membership=membership, by=request.user, why=reason)
    except leaving.Stays as problem:
        messages.error(request, _stays(problem.reason))
        return _back(request, run)
    if ended is None:
        messages.info(request, _gone(name))
    else:
        messages.success(request, " ".join([_gone(name), *ended]))
    return redirect("people:people", run)  # not to the search for somebody who isn't there any more


def _found(request: SignedInRequest, run: str, pk: int) -> tuple[RunAccess, Membership] | None:
    """The member; None, with a message, for one whom somebody has taken out of the run since the page was opened."""
    try:
        return access_member(request.user, run, pk)
    except Http404:
        gone = was_removed(access_run_as_instructor(request.user, run).run, pk)
        if gone is None or gone.concerns is None:
            raise
    messages.info(request, _gone(gone.concerns.get_full_name()))
    return None


def _page(
    request: SignedInRequest,
    access: RunAccess,
    membership: Membership,
    *,
    form: MemberForm | None = None,
    removal: RemovalForm | None = None,
    stays: str = "",
    status: int = 200,
) -> HttpResponse:
    seen = {"role": membership.role, "group": membership.group}
    context: dict[str, Any] = {
        "access": access,
        "member": membership,
        "form": form or MemberForm(initial=seen | {f"seen_{name}": value for name, value in seen.items()}),
        "removal": removal or RemovalForm(),
        "stays": stays or _stays(why_stays(membership, request.user)),
        "query": request.GET.urlencode(),
    }
    return render(request, "people/member.html", context, status=status)


def _back(request: SignedInRequest, run: str) -> HttpResponse:
    """To the list, as it was narrowed."""
    narrowed = urlencode({name: request.GET[name] for name in ("q", "group") if request.GET.get(name)})
    return redirect(reverse("people:people", args=[run]) + (f"?{narrowed}" if narrowed else ""))


def _gone(name: str) -> str:
    return _("%(name)s doesn't belong to the run any more.") % {"name": name}


def _stays(reason: str) -> str:
    return {
        "oneself": _("You can't take yourself out of the run: ask another instructor."),
        "last_instructor": _(
            "This is the only instructor, and without one nobody can let people in. Name another first."
        ),
    }.get(reason, "")
