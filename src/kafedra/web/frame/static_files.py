"""Static files straight from the packages: no collecting step, addresses that change with the content."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise has no types
    """WhiteNoise, answering with whole bodies: its streamed ones are synchronous, which ASGI warns of and buffers."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file as file:
                body = file.read()
        response = HttpResponse(body, status=int(found.status))
        del response["Content-Type"]
        if body:
            response["Content-Length"] = str(len(body))
        for name, value in found.headers:
            if name != "Content-Length":  # measured at start; an upgrade may have replaced the file since
                response[name] = value
        return response


class VersionedStorage(StaticFilesStorage):
    """Adds a digest of the content to the address of each file, so that browsers may keep files for long."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        found = finders.find(name or "")
        if not found:
            raise ValueError(f"no static file {name!r}")
        digest = _digest.__wrapped__(found) if settings.DEBUG else _digest(found)
        return f"{address}?v={digest}"


@cache
def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
