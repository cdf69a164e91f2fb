"""All blitzes of a run on one page; and practice: the same questions at one's own pace, as often as one likes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kafedra.course.topics import answered
from kafedra.web.blitz.access import access_attempt, access_topic, opened
from kafedra.web.blitz.admission import passed
from kafedra.web.blitz.asked import choices, given_by, item_key, restored
from kafedra.web.blitz.forms import given_in
from kafedra.web.blitz.models import Attempt
from kafedra.web.blitz.places import with_topics
from kafedra.web.blitz.selectors import blitzes_of, going_on
from kafedra.web.blitz.services import practising
from kafedra.web.blitz.tally import right_answer
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run
from kafedra.web.runs import course


@signed_in
@require_safe
def blitzes(request: SignedInRequest, run: str) -> HttpResponse:
    """What goes on now, what can be practised, how far the admission is; for staff what was played, and a start."""
    access = access_run(request.user, run)
    written = {number for number, topic in course.current().materials.items() if topic.blitz}
    topics = [one for one in course.current().topics if one.number in written]
    mine = passed(access.run, [access.user.pk])[access.user.pk]
    context = {
        "access": access, "live": with_topics(going_on(access.run)), "admission": mine,
        "topics": [(one, mine.best.get(one.number), one.number in mine.passed)
                   for one in topics if access.is_staff or opened(access, one.number)],
        "missing": [one for one in topics if one.number in mine.missing],
        "played": with_topics(list(blitzes_of(access.run)[:100])) if access.is_staff else [],
    }  # fmt: skip
    return render(request, "blitz/blitzes.html", context)


@signed_in
@require_POST
def begin(request: SignedInRequest, run: str, number: int) -> HttpResponse:
    """A new attempt, or the one that isn't finished."""
    access, topic = access_topic(request.user, run, number)
    if not topic.blitz:
        messages.error(request, _("This topic has no blitz."))
        return redirect("blitz:blitzes", run)
    attempt = practising.begin(run=access.run, topic=topic, student=request.user)
    return redirect("blitz:attempt", run, attempt.pk)


@signed_in
@require_safe
def attempt(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The first question without an answer; with `?question=` what was answered to that one; at the end the sum."""
    access, row = access_attempt(request.user, run, pk)
    return render(request, "blitz/attempt.html", _context(access, row, request.GET.get("question", "")))


@signed_in
@require_POST
def answer(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Answer one question; what it was worth and why is said at once."""
    _access, row = access_attempt(request.user, run, pk)
    slug = request.POST.get("question", "")
    question = next((one for one in restored(row.questions) if one.slug == slug), None)
    given = given_in(question, request.POST) if question else None
    if question is None or given is None:
        messages.error(request, _("Nothing was chosen yet."))
        return redirect("blitz:attempt", run, pk)
    practising.practise(attempt=row, question=slug, given=given)
    return redirect(f"{reverse('blitz:attempt', args=[run, pk])}?question={slug}")


def _context(access: RunAccess, row: Attempt, wanted: str) -> dict[str, Any]:
    questions, answers = restored(row.questions), {one.question: one for one in row.answers.all()}
    facts = access.facts
    known: dict[str, Any] = {
        "access": access, "attempt": row, "done": len(answers), "count": row.count,
        "topic": next((one for one in course.current().topics if one.number == row.topic), None),
        "base": reverse("blitz:topic", args=[access.run.slug, row.topic]), "threshold": facts.blitz_percent,
    }  # fmt: skip
    chosen = next((one for one in questions if one.slug == wanted and wanted in answers), None)
    question = chosen or next((one for one in questions if one.slug not in answers), None)
    if question is None:
        share = sum((one.share for one in answers.values()), start=0 * next(iter(answers.values())).share) / row.count
        wrong = [one for one in questions if answers[one.slug].share < 1]
        mine = passed(access.run, [access.user.pk])[access.user.pk]
        return known | {"finished": True, "share": share, "wrong": wrong, "passed": row.topic in mine.passed}
    given = answers[question.slug].given if chosen else []
    shuffled = choices(question, f"attempt:{row.pk}")
    letters = {one.key: one.letter for one in shuffled}
    return known | {
        "question": question, "number": questions.index(question) + 1, "choices": shuffled, "last": given,
        "judged": answered(question, given_by(question, given)) if chosen else None, "mine": given,
        "right": right_answer(question), "typed": given[0] if given else "",
        "right_order": [(letters[item_key(item)], item) for item in question.items],
        "options": {option.key: option for option in question.options},
    }  # fmt: skip
