"""Letters about getting in: invitations, answers to requests, links to sign in or to confirm an address.

Each is put into the outbox in the transaction of the caller.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra.web.frame.language import spoken
from kafedra.web.outbox.services import put
from kafedra.web.people.models import Invitation, InvitationRequest, User
from kafedra.web.runs import course

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run


def _titles(run_slug: str) -> dict[str, str]:
    the_course = course.current()
    return {"course": the_course.title.in_(spoken()), "run": the_course.runs[run_slug].title.in_(spoken())}


def put_invitation(request: InvitationRequest, invitation: Invitation, *, looked_at: bool) -> None:
    """The link that lets the person in, in the language of the request.

    A request that nobody has looked at may be somebody else's, about this address: it puts no word into the letter.
    """
    with translation.override(request.language):
        link = settings.BASE_URL + reverse("people:invitation", args=[invitation.token])
        told = _titles(request.run.slug) | {"name": request.name, "link": link}
        greeting = _("Hello, %(name)s!") % told if looked_at else _("Hello!")
        text = _(
            "You are invited to the course “%(course)s”, %(run)s. Open the link and choose a login "
            "and a password:\n\n%(link)s\n\nThe link works once, and for a month."
        )
        put(address=request.email, subject=_("you are invited"), text=f"{greeting}\n\n{text % told}", run=request.run,
            expires_at=invitation.expires_at)  # fmt: skip


def put_refusal(request: InvitationRequest, reason: str) -> None:
    """That the request was declined, and why if the instructor said so."""
    with translation.override(request.language):
        told = _titles(request.run.slug) | {"name": request.name}
        text = _("Hello, %(name)s!\n\nYour request to join “%(course)s”, %(run)s, was declined.") % told
        if reason:
            text += "\n\n" + _("Reason: %(why)s") % {"why": reason}
        put(address=request.email, subject=_("your request was declined"), text=text, run=request.run)


def put_already_in(user: User, run: Run) -> None:
    """To a member who asks to be let in once more."""
    with translation.override(user.language or course.current().language):
        link = settings.BASE_URL + reverse("people:sign_in")
        told = _titles(run.slug) | {"name": user.display_name, "login": user.username, "link": link}
        text = _(
            "Hello, %(name)s!\n\nYou asked to be let into “%(course)s”, %(run)s. You are in it already, with the login "
            "%(login)s. Sign in here:\n\n%(link)s"
        )
        put(address=user.email, subject=_("you are in the course already"), text=text % told, user=user, run=run)


def put_sign_in(user: User, path: str, minutes: int, expires_at: datetime) -> None:
    """A link that signs its owner in, once."""
    with translation.override(user.language or course.current().language):
        told = {"name": user.display_name, "login": user.username, "link": settings.BASE_URL + path, "n": minutes}
        text = ngettext(
            "Hello, %(name)s!\n\nThis link signs you in as %(login)s:\n\n%(link)s\n\nIt works once and for %(n)d "
            "minute. If it wasn't you who asked for it, do nothing.",
            "Hello, %(name)s!\n\nThis link signs you in as %(login)s:\n\n%(link)s\n\nIt works once and for %(n)d "
            "minutes. If it wasn't you who asked for it, do nothing.",
            minutes,
        )
        put(address=user.email, subject=_("your link to sign in"), text=text % told, user=user, expires_at=expires_at)


def put_confirmation(user: User, email: str, path: str, expires_at: datetime) -> None:
    """To a new address: the link that proves whose it is."""
    with translation.override(user.language or course.current().language):
        told = {"name": user.display_name, "link": settings.BASE_URL + path}
        text = _("Hello, %(name)s!\n\nOpen the link to confirm that letters may come to this address:\n\n%(link)s")
        put(address=email, subject=_("confirm your address"), text=text % told, user=user, expires_at=expires_at)


def put_address_changed(user: User, before: str, now: str) -> None:
    """To the address that was: letters go elsewhere now, and what to do if somebody else did it."""
    with translation.override(user.language or course.current().language):
        link = settings.BASE_URL + reverse("people:account")
        told = {"name": user.display_name, "login": user.username, "now": now or "—", "link": link}
        text = _(
            "Hello, %(name)s!\n\nLetters for %(login)s don't come to this address any more. The new address: %(now)s."
            "\n\nIf it wasn't you, sign in, change the password and end all other sessions:\n\n%(link)s"
        )
        put(address=before, subject=_("your address was changed"), text=text % told, user=user)
