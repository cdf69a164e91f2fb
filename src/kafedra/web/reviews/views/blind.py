"""Blind mode: a reviewer may choose not to see whose work it is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kafedra.web.people.models import User

SESSION_KEY = "blind_review"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def is_blind(request: HttpRequest) -> bool:
    """Whether this reviewer has hidden the names."""
    return bool(request.session.get(SESSION_KEY))


def namer(request: HttpRequest) -> Callable[[User, int], str]:
    """What to call the author of the work in a repository: the name, or a mark that says nothing."""
    blind = is_blind(request)

    def name(student: User, repository: int) -> str:
        return _("Work {mark}").format(mark=mark(repository)) if blind else student.get_full_name()

    return name


def mark(repository: int) -> str:
    """Four letters that stay the same for a repository, and can't be guessed from anything."""
    digest = salted_hmac("kafedra.reviews.blind", str(repository), algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:4])
