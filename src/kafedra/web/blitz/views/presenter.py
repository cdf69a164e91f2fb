"""The presenter's screen, projected in a lecture hall; and what came out, for staff."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.blitz import selectors
from kafedra.web.blitz.access import access_blitz, access_seat_of
from kafedra.web.blitz.asked import choices, item_key
from kafedra.web.blitz.door import PRESENTER, live_address
from kafedra.web.blitz.models import Blitz, Phase
from kafedra.web.blitz.qr import qr_code
from kafedra.web.blitz.results import result_of
from kafedra.web.blitz.services import playing
from kafedra.web.blitz.steps import Move, allowed, current_question, questions_of
from kafedra.web.blitz.tally import right_answer
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run_as_staff
from kafedra.web.runs import course


@signed_in
@require_POST
def start(request: SignedInRequest, run: str) -> HttpResponse:
    """Open a blitz on the topic that the form names."""
    access = access_run_as_staff(request.user, run)
    number = request.POST.get("topic", "")
    topic = course.current().materials.get(int(number)) if number.isdecimal() and len(number) < 4 else None
    if topic is None or not topic.blitz:
        messages.error(request, _("This topic has no blitz."))
        return redirect("blitz:blitzes", run)
    blitz = playing.start(run=access.run, topic=topic, by=request.user)
    return redirect("blitz:stage", run, blitz.pk)


@signed_in
@require_safe
def stage(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """What is projected."""
    access, blitz = access_blitz(request.user, run, pk)
    return render(request, "blitz/stage.html", _context(access, blitz))


@signed_in
@require_safe
def screen(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The changing part of the presenter's page."""
    access, blitz = access_blitz(request.user, run, pk)
    return render(request, "blitz/_stage.html", _context(access, blitz))


@signed_in
@require_POST
def step(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """One move. A button that was pressed twice, or on an old page, moves nothing more."""
    access, blitz = access_blitz(request.user, run, pk)
    move, made_for = request.POST.get("move", ""), request.POST.get("step", "")
    if move in set(Move) and made_for.isdecimal() and len(made_for) < 9:
        playing.move(blitz=blitz, to=Move(move), step=int(made_for), by=request.user)
    if request.headers.get("X-Screen"):
        blitz.refresh_from_db()
        return render(request, "blitz/_stage.html", _context(access, blitz))
    return redirect("blitz:stage", run, pk)


@signed_in
@require_POST
def hide(request: SignedInRequest, run: str, pk: int, seat: int) -> HttpResponse:
    """Let a name be seen by nobody, or again."""
    participant = access_seat_of(request.user, run, pk, seat)
    playing.hide(participant=participant, hidden="show" not in request.POST, by=request.user)
    return redirect("blitz:stage", run, pk)


@signed_in
@require_safe
def results(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Which question failed, which wrong option drew whom."""
    access, blitz = access_blitz(request.user, run, pk)
    context = {"access": access, "blitz": blitz, "result": result_of(blitz), "topic": _topic(blitz)}
    return render(request, "blitz/results.html", context | {"base": reverse("blitz:phone", args=[blitz.code])})


def join_address(blitz: Blitz) -> str:
    """Where phones come in, in full."""
    return f"{settings.BASE_URL.rstrip('/')}{reverse('blitz:phone', args=[blitz.code])}"


def _topic(blitz: Blitz) -> Any:
    return next((one for one in course.current().topics if one.number == blitz.topic), None)


def _context(access: RunAccess, blitz: Blitz) -> dict[str, Any]:
    address = join_address(blitz)
    moves = {move.name.lower() for move in allowed(blitz)}
    people = list(blitz.participants.all())
    known: dict[str, Any] = {
        "access": access, "blitz": blitz, "topic": _topic(blitz), "moves": moves, "people": people,
        "live": live_address(blitz.pk, PRESENTER), "address": address,
        "short": f"{urlsplit(address).netloc}/b", "qr": qr_code(address),
        "base": reverse("blitz:phone", args=[blitz.code]), "count": len(questions_of(blitz)),
    }  # fmt: skip
    if blitz.phase == Phase.OVER:
        return known | {"result": result_of(blitz)}
    if blitz.phase == Phase.LOBBY:
        return known
    question, who = current_question(blitz), selectors.who_answered(blitz)
    votes = selectors.distributions(blitz)
    seed = selectors.seed_of(blitz)
    letters = {choice.key: choice.letter for choice in choices(question, seed)}
    return known | {
        "question": question, "number": blitz.question + 1, "choices": choices(question, seed), "who": who,
        "answered": len(who), "votes": votes, "last": votes[max(votes)], "right": right_answer(question),
        "right_order": [(letters[item_key(item)], item) for item in question.items], "is_last":
        blitz.question + 1 >= len(questions_of(blitz)),
    }  # fmt: skip
