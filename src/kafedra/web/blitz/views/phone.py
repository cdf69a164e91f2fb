"""The phone's screen: in by a code, an answer by a tap, whatever happens to the network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from kafedra.course.topics import answered
from kafedra.web import clock
from kafedra.web.blitz import nicknames, selectors
from kafedra.web.blitz.access import access_by_code, give_seat, seat_of
from kafedra.web.blitz.asked import choices, given_by
from kafedra.web.blitz.door import live_address
from kafedra.web.blitz.forms import given_in
from kafedra.web.blitz.models import LONGEST_NAME, Blitz, Participant, Phase
from kafedra.web.blitz.services import playing
from kafedra.web.blitz.services.answering import Taken, hand_in
from kafedra.web.blitz.steps import current_question, questions_of
from kafedra.web.frame.language import spoken
from kafedra.web.people.forms import visible
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.addresses import practice_page


class NameForm(forms.Form):
    """How a guest is called: one is made up, so that a tap is enough, and may be written over."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text=gettext_lazy("Made up for you: write your own if you like. It may stand on the wall."),
    )  # fmt: skip

    def clean_name(self) -> str:
        """Nothing that can't be seen: it may turn round the words beside it."""
        name = visible(str(self.cleaned_data["name"]))
        if not any(one.isalnum() for one in name):
            raise ValidationError(_("A name has a letter or a digit in it."))
        return name


@require_safe
def by_code(request: HttpRequest) -> HttpResponse:
    """The way in for whoever types the code instead of scanning it."""
    code = request.GET.get("code", "").strip().replace(" ", "").upper()
    if not code:
        return render(request, "blitz/by_code.html")
    if not Blitz.objects.filter(code=code[:8]).exists():
        return render(request, "blitz/by_code.html", {"unknown": code[:8]}, status=404)
    return redirect("blitz:phone", code)


@require_safe
@ensure_csrf_cookie
def phone(request: HttpRequest, code: str) -> HttpResponse:
    """The screen of one phone, or the way in."""
    blitz = access_by_code(code)
    seat = seat_of(request, blitz)
    context = _context(blitz, seat)
    if seat is None:
        return render(request, "blitz/join.html", context | {"form": NameForm(initial={"name": _made_up(blitz)})})
    response = render(request, "blitz/phone.html", context)
    give_seat(response, seat)
    return response


@require_POST
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Take a seat: with an account under its name, else under one that was made up or typed."""
    blitz = access_by_code(code)
    seat = seat_of(request, blitz)
    if seat is None:
        account = request.user if isinstance(request.user, User) and "guest" not in request.POST else None
        form = NameForm(request.POST)
        if account is None and not form.is_valid():
            return render(request, "blitz/join.html", _context(blitz, None) | {"form": form}, status=422)
        try:
            seat = playing.join(blitz=blitz, name="" if account else form.cleaned_data["name"], user=account)
        except playing.Full:
            messages.error(request, _("This blitz is full: no more phones can come in."))
            return redirect("blitz:phone", blitz.code)
    response = redirect("blitz:phone", blitz.code)
    give_seat(response, seat)
    return response


@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The changing part of the phone's page; 204 when the phone has no seat and must start anew."""
    blitz = access_by_code(code)
    seat = seat_of(request, blitz)
    if seat is None:
        return HttpResponse(status=410)
    return render(request, "blitz/_phone.html", _context(blitz, seat))


@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Take the answer of a phone without a script. What is said of it is true: it is on the disk, or not counted."""
    blitz = access_by_code(code)
    seat = seat_of(request, blitz)
    if seat is None:
        return redirect("blitz:phone", blitz.code)
    slug, vote = request.POST.get("question", ""), request.POST.get("vote", "")
    question = next((one for one in questions_of(blitz) if one.slug == slug), None)
    given = given_in(question, request.POST) if question and vote in ("1", "2") else None
    if question is None or given is None:
        messages.error(request, _("Nothing was chosen yet."))
        return redirect("blitz:phone", blitz.code)
    taken = hand_in(blitz=blitz, participant=seat.pk, question=slug, vote=int(vote), given=given)
    if taken is Taken.TOO_LATE:
        messages.warning(request, _("Too late: the right answer is on the screen already. This one is not counted."))
    return redirect("blitz:phone", blitz.code)


def _made_up(blitz: Blitz) -> str:
    return nicknames.made_up(set(blitz.participants.values_list("name", flat=True)), spoken())


def _context(blitz: Blitz, seat: Participant | None) -> dict[str, Any]:
    known: dict[str, Any] = {
        "blitz": blitz, "seat": seat, "base": reverse("blitz:phone", args=[blitz.code]),
        "topic": next((one for one in course.current().topics if one.number == blitz.topic), None),
        "run_facts": course.current().runs.get(blitz.run.slug),
    }  # fmt: skip
    if seat is None:
        return known
    known["live"] = live_address(blitz.pk, seat.pk)
    if blitz.phase == Phase.LOBBY:
        return known
    if blitz.phase == Phase.OVER:
        return known | _score(blitz, seat) | {"practice": _practice(blitz)}
    question = current_question(blitz)
    seed = selectors.seed_of(blitz)
    votes = {vote: selectors.answer_of(seat, question, vote) for vote in range(1, blitz.vote + 1)}
    last = next((one for vote in sorted(votes, reverse=True) if (one := votes[vote])), None)
    mine = votes[blitz.vote]
    return known | {
        "question": question, "number": blitz.question + 1, "count": len(questions_of(blitz)),
        "choices": choices(question, seed), "mine": mine.given if mine else [],
        "answered": mine is not None,
        "typed": (mine.given or [""])[0] if mine else "",
        "judged": answered(question, given_by(question, last.given)) if last else None,
        "last": last.given if last else [],
        "places": {key: place for place, key in enumerate(mine.given, 1)} if mine else {},
    }  # fmt: skip


def _practice(blitz: Blitz) -> str:
    """Where a guest goes on by themselves; empty where the run's site isn't for everybody."""
    known = course.current()
    facts = known.runs.get(blitz.run.slug)
    if facts is None or not facts.site.public or not facts.opens(blitz.topic, "materials", clock.now()):
        return ""
    return practice_page(blitz.run, known.topic(blitz.topic).slug)


def _score(blitz: Blitz, seat: Participant) -> dict[str, Any]:
    questions = {question.slug: question for question in questions_of(blitz)}
    latest = {row.question: row for row in seat.answers.order_by("vote")}
    right = sum(answered(questions[slug], given_by(questions[slug], row.given)).correct for slug, row in latest.items())
    return {"right": right, "count": len(latest)}
