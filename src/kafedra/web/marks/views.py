"""Marks entered by staff: written into a table or pasted, looked at, and then let count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST, require_safe

from kafedra.policy.scheme import Marked
from kafedra.web.frame.numbers import written
from kafedra.web.frame.tables import MAX_BYTES, UnreadableTable
from kafedra.web.marks import changes, selectors, services
from kafedra.web.marks.access import access_mark
from kafedra.web.marks.changes import MarkChange
from kafedra.web.marks.reading import LONGEST_TEXT, PastedLine, from_file, read
from kafedra.web.marks.titles import title_of
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run_as_staff
from kafedra.web.people.students import students_of
from kafedra.web.runs import terms
from kafedra.web.standings.comparison import compare
from kafedra.web.standings.facts import facts
from kafedra.web.standings.sources import SOURCES

LONGEST_REASON = 500


@signed_in
@require_safe
def marks(request: SignedInRequest, run: str) -> HttpResponse:
    """Every mark that the formula has, and how many students have it."""
    access = access_run_as_staff(request.user, run)
    context = {"access": access, "marks": selectors.named_marks(access.run, access.facts)}
    context["students"] = len(students_of(access.run))
    return render(request, "marks/marks.html", context)


@signed_in
@require_safe
def mark(request: SignedInRequest, run: str, name: str) -> HttpResponse:
    """One mark of everybody: a field for each student, and a place to paste a table."""
    access, marked = access_mark(request.user, run, name)
    return _page(request, access, marked)


def _page(
    request: SignedInRequest, access: RunAccess, marked: Marked, *, problem: str = "",
    wrong: Mapping[int, str] | None = None,
) -> HttpResponse:  # fmt: skip
    given, wrong = selectors.in_force(access.run, marked.name), wrong or {}
    rows = []
    for student in students_of(access.run):
        entered = given.get(student.pk)
        there = written(entered.value) if entered else ""
        text = request.POST.get(f"mark-{student.pk}", there)
        rows.append((student, text, entered, wrong.get(student.pk, "")))
    context = {
        "access": access,
        "mark": marked,
        "title": title_of(access.facts, marked.name),
        "elsewhere": SOURCES.taken(access.run, marked.name),
        "rows": rows,
        "seen": changes.seen({student: row.value for student, row in given.items()}),
        "pasted": request.POST.get("table", ""),
        "problem": problem,
    }
    return render(request, "marks/mark.html", context, status=422 if problem or wrong else 200)


@signed_in
@require_POST
def preview(request: SignedInRequest, run: str, name: str) -> HttpResponse:
    """What the fields or the table would change, and who gains and who loses by it. Nothing is written here."""
    access, marked = access_mark(request.user, run, name)
    if SOURCES.taken(access.run, name):
        return _page(request, access, marked, problem=_("This mark comes from elsewhere in this run."))
    students, before = students_of(access.run), selectors.values_in_force(access.run, name)
    try:
        table, lines = _table(request), list[PastedLine]()
    except UnreadableTable as problem:
        return _page(request, access, marked, problem=str(problem))
    if len(table) > LONGEST_TEXT:
        return _page(request, access, marked, problem=_("That is too long for a table of marks."))
    if table.strip():
        lines = read(table, students, marked, title_of(access.facts, name))
        changed = changes.pasted(lines, before)
    else:
        changed, wrong = changes.written_in(request.POST, students, marked, before)
        if wrong:
            told = ngettext("%(n)d mark can't be read.", "%(n)d marks can't be read.", len(wrong)) % {"n": len(wrong)}
            return _page(request, access, marked, problem=told, wrong=wrong)
    problems = [one for one in lines if one.problem]
    if not changed and not problems:
        return _page(request, access, marked, problem=_("Nothing of this is new: there is nothing to enter."))
    return _preview(request, access, marked, changed, problems)


def _table(request: SignedInRequest) -> str:
    """What was pasted, or what stands in the file that was sent; empty where neither was. Raises UnreadableTable."""
    pasted, file = request.POST.get("table", ""), request.FILES.get("file")
    if file is None:
        return pasted
    if pasted.strip():
        raise UnreadableTable(gettext_noop("Send a file or paste a table, not both at once."))
    found = from_file(file.read(MAX_BYTES + 1))
    if not found.strip():
        raise UnreadableTable(gettext_noop("The file is empty."))
    return found


def _preview(
    request: SignedInRequest, access: RunAccess, marked: Marked, changed: Sequence[MarkChange],
    problems: Sequence[PastedLine] = (), *, no_reason: bool = False,
) -> HttpResponse:  # fmt: skip
    people = [one.student for one in changed]
    in_force, known = terms.in_force(access.run.slug), facts(access.run, students=people)
    after = known.marked(marked.name, {one.student.pk: one.after for one in changed})
    context: dict[str, Any] = {
        "access": access,
        "mark": marked,
        "title": title_of(access.facts, marked.name),
        "changes": changed,
        "problems": problems,
        "comparison": compare(people, (in_force, known), (in_force, after)),
        "needs_reason": _replaces(changed),
        "no_reason": no_reason,
        "why": request.POST.get("why", ""),
        "kept": changes.kept(changed),
    }
    return render(request, "marks/preview.html", context, status=422 if no_reason else 200)


def _replaces(changed: Sequence[MarkChange]) -> bool:
    """Whether a mark that somebody gave goes: that needs a reason."""
    return any(one.before is not None for one in changed)


@signed_in
@require_POST
def apply(request: SignedInRequest, run: str, name: str) -> HttpResponse:
    """Let count what was shown, unless somebody has changed one of these marks since."""
    access, marked = access_mark(request.user, run, name)
    changed, why = changes.opened(request.POST.get("kept", ""), students_of(access.run)), _reason(request)
    if changed is None:
        return _page(request, access, marked, problem=_("Please enter the marks once more."))
    if SOURCES.taken(access.run, name):
        return _page(request, access, marked, problem=_("This mark comes from elsewhere in this run."))
    if _replaces(changed) and not why:
        return _preview(request, access, marked, changed, no_reason=True)
    given, seen = {one.student: one.after for one in changed}, {one.student: one.before for one in changed}
    try:
        number = services.enter_marks(run=access.run, name=name, marks=given, by=request.user, why=why, seen=seen)
    except services.Overtaken:
        told = _("Somebody has changed some of these marks since. Nothing is entered: look again.")
        return _page(request, access, marked, problem=told)
    told = ngettext("%(n)d mark is entered.", "%(n)d marks are entered.", number) % {"n": number}
    messages.success(request, told)
    return redirect("marks:mark", run, name)


def _reason(request: SignedInRequest) -> str:
    return request.POST.get("why", "").strip()[:LONGEST_REASON]
