"""Whose request it is: by the header alone, never by a cookie, so no page of a stranger's can make a browser ask."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from kafedra.web.api import services
from kafedra.web.api.models import ApiToken
from kafedra.web.api.problems import ScopeMissing, TooMany
from kafedra.web.api.rate import Asked, by_token, wrong_tokens
from kafedra.web.api.scopes import Scope
from kafedra.web.people.models import User


class TokenRequest(HttpRequest):
    """A request with a token that works."""

    auth: ApiToken
    asked: Asked
    user: User


class Bearer(HttpBearer):
    """Lets in whose token works and has one of `scopes` (none named: any token that works)."""

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self.scopes = scopes

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token's row. Raises ScopeMissing, TooMany."""
        found = services.authenticate(token=token)
        if found is None:  # whoever shares an address with somebody who guesses is let in none the less
            asked = wrong_tokens.ask(request.META.get("REMOTE_ADDR", ""))
            if not asked.allowed:
                raise TooMany(asked.wait)
            return None
        known = cast("TokenRequest", request)
        known.user, known.asked = found.user, by_token.ask(str(found.pk))
        if not known.asked.allowed:
            raise TooMany(known.asked.wait)
        if self.scopes and not any(scope in found.scopes for scope in self.scopes):
            raise ScopeMissing(self.scopes[0])
        return found


def scopes_of(auth: object) -> tuple[Scope, ...]:
    """The scopes of which one opens what `auth` guards."""
    return auth.scopes if isinstance(auth, Bearer) else ()


def need(request: TokenRequest, scope: Scope) -> None:
    """Raises ScopeMissing unless the token has `scope`; where which one it has to be depends on what is asked for."""
    if scope not in request.auth.scopes:
        raise ScopeMissing(scope)
