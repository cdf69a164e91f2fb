"""The writes of the API."""

from __future__ import annotations

from tests.web.cases import Act, World, exempt, writes

from kafedra.web.api import services
from kafedra.web.api.models import ApiToken
from kafedra.web.api.scopes import Scope


def _token(w: World) -> ApiToken:
    return services.issue(user=w.student, label="bot", scopes=[Scope.OWN_READ], days=7)[0]


@writes(services.issue)
def a_token(w: World) -> Act:
    return lambda: _token(w)


@writes(services.revoke)
def revoking_a_token(w: World) -> Act:
    row = _token(w)
    return lambda: services.revoke(token=row)


exempt("that a letter was sent is kept on the token itself", services.warn)
exempt("when a token was used last is kept on the token itself", services.authenticate)
