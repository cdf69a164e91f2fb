"""Who may touch tokens of the API: whose they are."""

from __future__ import annotations

from django.http import Http404

from kafedra.web.api.models import ApiToken
from kafedra.web.people.models import User


def access_token(user: User, pk: int) -> ApiToken:
    """One's own token; Http404 for anybody else's."""
    found = ApiToken.objects.select_related("user").filter(user=user, pk=pk).first()
    if found is None:
        raise Http404
    return found
