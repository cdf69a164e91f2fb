"""Who is at the door: a login and a token in the ``Authorization`` header, as git sends them."""

from __future__ import annotations

import base64

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _

from kafedra.web.people.models import User
from kafedra.web.people.services import authenticate_token, former_owner
from kafedra.web.runs import course


def user_of(header: str) -> User | None:
    """The user whose login and valid token the header holds."""
    login, token = _told(header)
    return authenticate_token(username=login, token=token) if login and token else None


def _told(header: str) -> tuple[str, str]:
    """The login and the token that the header holds, empty where it holds none."""
    scheme, _space, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        login, _colon, token = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:  # no base64, no UTF-8
        return "", ""
    return login, token


def malformed(header: str) -> bool:
    """Whether it says that it holds a login and a token, in bytes that can hold none."""
    return header.lower().startswith("basic ") and not header.isascii()


def refusal(header: str, accept_language: str) -> str:
    """Words for somebody who could not be recognised.

    In the language of the account if the token was once its own: a login alone must not tell what is in the account.
    A terminal that names no language hears every one of ours.
    """
    login, token = _told(header)
    known = former_owner(username=login, token=token) if login and token else None
    if known is not None and known.language:
        spoken = [known.language]
    elif accept_language:
        spoken = [language_of(accept_language)]
    else:
        spoken = list(dict.fromkeys([course.current().language, *dict(settings.LANGUAGES)]))
    return "\n\n".join(_refusal(header, language) for language in spoken)


def _refusal(header: str, language: str) -> str:
    with translation.override(language):
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
