"""What every answer of the API passes through: its own 405, the rate in headers, and «nothing has changed»."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from kafedra.web.api.problems import method_not_allowed
from kafedra.web.api.rate import BY_TOKEN

View = Callable[..., HttpResponse]


def wrapped(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, each with its answers finished."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _finished(pattern.callback)
    return patterns


def _finished(view: View) -> View:
    @csrf_exempt  # no cookie opens anything here, so there is nothing that a stranger's page could use
    @wraps(view, updated=())
    def finished(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = method_not_allowed(response.headers["Allow"])
        if (asked := getattr(request, "asked", None)) is not None:
            response.headers["RateLimit-Policy"] = f'"{BY_TOKEN.name}";q={BY_TOKEN.requests};w={BY_TOKEN.seconds:.0f}'
            response.headers["RateLimit"] = f'"{BY_TOKEN.name}";r={asked.left};t={asked.wait}'
        patch_vary_headers(response, ("Authorization",))
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            return _unless_known(request, response)
        return response

    return finished


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for who has these very bytes: a bot that looks every minute costs a few hundred of them."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response
