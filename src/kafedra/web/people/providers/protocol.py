"""The conversation with GitHub and Google, which django-allauth leads: where to send people, and who came back.

Nothing here writes to the database, and nothing of what the provider gives access to is kept: the token is forgotten
when the name and the addresses have been read.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.provider import Provider, ProviderException
from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.github.views import GitHubOAuth2Adapter
from allauth.socialaccount.providers.google.provider import GoogleProvider
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from requests import RequestException

log = logging.getLogger(__name__)
NAMES = {"github": "GitHub", "google": "Google"}
PUBLIC_GITHUB = "https://github.com"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is there. `uid` never changes; `shown` is how they know it; only proved addresses are told."""

    provider: str
    uid: str
    shown: str
    name: str = ""
    emails: tuple[str, ...] = ()

    @property
    def provider_name(self) -> str:
        """As people call it."""
        return NAMES[self.provider]

    @property
    def login(self) -> str:
        """A login to start from: may be taken, or not fit."""
        return self.shown.partition("@")[0]


class NotSignedIn(Exception):
    """The conversation did not end with an identity; `reason` is `cancelled`, `stale` or `failed`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def configured() -> dict[str, str]:
    """The providers of this installation: names by id."""
    return {provider: NAMES[provider] for provider in settings.SIGN_IN_WITH}


def begin(request: HttpRequest, provider: str, *, following: str = "", **remembered: Any) -> str:
    """The address to send the person to. What is `remembered`, and where to go next, waits in the session.

    Raises Http404 for a provider that is not set up.
    """
    response = _provider(request, provider).redirect(
        request, process="login", next_url=following or None, data=remembered
    )
    return str(response["Location"])


def finish(request: HttpRequest, provider: str) -> tuple[Identity, str, dict[str, Any]]:
    """Who came back, where to go next, and what was remembered. Each return works once. Raises NotSignedIn, Http404."""
    chosen = _provider(request, provider)
    try:
        state = chosen.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied:
        raise NotSignedIn("stale") from None
    if "code" not in request.GET:
        raise NotSignedIn("cancelled" if request.GET.get("error") == "access_denied" else "failed")
    try:
        login = _completed(request, chosen, state.get("pkce_code_verifier"))
    except (OAuth2Error, ProviderException, RequestException, PermissionDenied, KeyError, ValueError) as error:
        log.warning("signing in with %s failed: %s", chosen.name, error)
        raise NotSignedIn("failed") from error
    return _identity(login), str(state.get("next", "")), state.get("data") or {}


def _completed(request: HttpRequest, provider: Provider, verifier: str | None) -> SocialLogin:
    adapter = provider.get_oauth2_adapter(request)
    client = adapter.get_client(request, provider.app)
    answer = adapter.get_access_token_data(request, provider.app, client, pkce_code_verifier=verifier)
    return adapter.complete_login(request, provider.app, adapter.parse_token(answer), response=answer)


def _identity(login: SocialLogin) -> Identity:
    account, told = login.account, login.account.extra_data
    emails = tuple(one.email for one in login.email_addresses if one.verified)
    shown = told.get("login") or told.get("email") or account.uid
    return Identity(account.provider, account.uid, str(shown), str(told.get("name") or ""), emails)


def _provider(request: HttpRequest, provider: str) -> Provider:
    known = settings.SIGN_IN_WITH.get(provider)
    if known is None:
        raise Http404
    more = {"oauth_pkce_enabled": True, "scope": SCOPES[provider]}
    app = SocialApp(provider=provider, client_id=known["client_id"], secret=known["secret"], settings=more)
    return PROVIDERS[provider](request, app=app)


def _return_address(provider: str) -> str:
    # Behind a proxy only the settings know by which address people come.
    return settings.BASE_URL + reverse("people:back_from_provider", args=[provider])


class _GitHubAdapter(GitHubOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """GitHub, or a GitHub of the university's own."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        web = settings.SIGN_IN_WITH["github"]["url"]
        api = "https://api.github.com" if web == PUBLIC_GITHUB else f"{web}/api/v3"
        self.authorize_url, self.access_token_url = f"{web}/login/oauth/authorize", f"{web}/login/oauth/access_token"
        self.profile_url, self.emails_url = f"{api}/user", f"{api}/user/emails"

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002  # allauth's signature
        return _return_address("github")

    def get_provider(self) -> Provider:
        return _provider(self.request, "github")


class _GoogleAdapter(GoogleOAuth2Adapter):  # type: ignore[misc]  # likewise
    """Google; the settings may name other end points, as tests do."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        known = settings.SIGN_IN_WITH["google"]
        for end_point in ("authorize_url", "access_token_url"):
            if end_point in known:
                setattr(self, end_point, known[end_point])

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002  # likewise
        return _return_address("google")

    def get_provider(self) -> Provider:
        return _provider(self.request, "google")


class _GitHub(GitHubProvider):  # type: ignore[misc]  # likewise
    oauth2_adapter_class = _GitHubAdapter


class _Google(GoogleProvider):  # type: ignore[misc]  # likewise
    oauth2_adapter_class = _GoogleAdapter


PROVIDERS = {"github": _GitHub, "google": _Google}
SCOPES = {"github": ["user:email"], "google": ["openid", "profile", "email"]}
