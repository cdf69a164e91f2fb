"""Who is at the door: a login and a token in the ``Authorization`` header, as git sends them."""

from __future__ import annotations

import base64
import binascii

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _

from kafedra.web.classroom import course
from kafedra.web.people.models import User
from kafedra.web.people.services import authenticate_token


def user_of(header: str) -> User | None:
    """The user whose login and valid token the header holds."""
    scheme, _space, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        login, _colon, token = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return authenticate_token(username=login, token=token) if login and token else None


def refusal(header: str) -> str:
    """Words for somebody who could not be recognised."""
    if not header:
        return _("Who are you? Give your login and an access token.")
    return _(
        "This login and token don't fit together. Git wants a token, not the password;\n"
        "make one here: {account}\n"
        "If git remembers an old one, remove it from your system's password store."
    ).format(account=f"{settings.BASE_URL}/account/")


def language_of(accept_language: str) -> str:
    """The first language of the header that kafedra speaks (git sends the terminal's), else the course's."""
    for part in accept_language.split(","):
        code = part.split(";")[0].strip().lower()
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return course.current().language
