"""Whose a request is, known before anything is asked of the database: by cookies that were found to be somebody's.

It is for taking turns alone and lets nobody in: `request.user` says who somebody is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

_REMEMBERED: Final = 10_000
_lock = threading.Lock()
_people: OrderedDict[bytes, str] = OrderedDict()

Handler = Callable[[HttpRequest], HttpResponseBase]


def middleware(handler: Handler) -> Handler:
    """Remember whose session the cookie of a request was found to be. A cookie that somebody made up is nobody's."""

    def remembering(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if key and request.session.accessed and (person := request.session.get(SESSION_KEY)):
            _remember(_digest(key), str(person))
        return response

    return remembering


def person_of(cookies: bytes) -> str:
    """The person whose session the header `Cookie` has, as far as this process knows; else an empty string."""
    try:
        found = SimpleCookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    with _lock:
        return _people.get(_digest(found.value), "") if found is not None else ""


def _remember(digest: bytes, person: str) -> None:
    with _lock:
        _people[digest] = person
        _people.move_to_end(digest)
        while len(_people) > _REMEMBERED:
            _people.popitem(last=False)


def _digest(key: str) -> bytes:
    return sha256(key.encode(errors="surrogatepass")).digest()
