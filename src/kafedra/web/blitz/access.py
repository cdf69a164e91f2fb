"""Who may touch what of blitzes."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse

from kafedra.course.topics import TopicMaterials
from kafedra.web import clock
from kafedra.web.blitz.models import Attempt, Blitz, Participant
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run, access_run_as_staff, one_of_run
from kafedra.web.runs import course

_SALT = "kafedra.blitz"
_SEAT_SECONDS = 24 * 3600


def access_blitz(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Blitz]:
    """A blitz of the run, for its staff; Http404 when the run has none such."""
    return one_of_run(access_run_as_staff(user, run_slug), Blitz.objects.select_related("run", "started_by"), pk)


def access_seat_of(user: User | AnonymousUser, run_slug: str, pk: int, seat: int) -> Participant:
    """Somebody in a blitz of the run, for its staff."""
    _access, blitz = access_blitz(user, run_slug, pk)
    found = blitz.participants.filter(pk=seat).select_related("blitz__run", "user").first()
    if found is None:
        raise Http404
    return found


def access_by_code(code: str) -> Blitz:
    """The blitz that anybody enters who knows its code; Http404 when there is none."""
    found = Blitz.objects.select_related("run").filter(code=code.upper()).first()
    if found is None:
        raise Http404
    return found


def seat_of(request: HttpRequest, blitz: Blitz) -> Participant | None:
    """Where this phone sits: by its cookie, or by its owner's account."""
    cookie = request.get_signed_cookie(_cookie(blitz), "", salt=_SALT, max_age=_SEAT_SECONDS) or ""
    if cookie.isdigit() and (found := blitz.participants.filter(pk=int(cookie)).first()):
        return found
    user = request.user
    return blitz.participants.filter(user=user).first() if isinstance(user, User) else None


def give_seat(response: HttpResponse, participant: Participant) -> None:
    """Let the phone be known when it comes back."""
    response.set_signed_cookie(
        _cookie(participant.blitz), str(participant.pk), salt=_SALT, max_age=_SEAT_SECONDS, httponly=True,
        samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip


def _cookie(blitz: Blitz) -> str:
    return f"kafedra_blitz_{blitz.code}"


def access_topic(user: User | AnonymousUser, run_slug: str, number: int) -> tuple[RunAccess, TopicMaterials]:
    """A topic whose blitz the person may see: students from the moment when its materials are opened."""
    access = access_run(user, run_slug)
    topic = course.current().materials.get(number)
    if topic is None or not (access.is_staff or opened(access, number)):
        raise Http404
    return access, topic


def opened(access: RunAccess, number: int) -> bool:
    """Whether students of the run may see this topic."""
    return access.facts.opens(number, "materials", clock.now())


def access_attempt(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Attempt]:
    """One's own attempt; Http404 for everybody else."""
    access = access_run(user, run_slug)
    return one_of_run(access, Attempt.objects.filter(student=access.user), pk)
