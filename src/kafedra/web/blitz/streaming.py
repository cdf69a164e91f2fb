"""An answer that stays open: events as long as the page is, through any plain reverse proxy."""

from __future__ import annotations

from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse

from kafedra.web.blitz import live
from kafedra.web.blitz.selectors import state


def stream_of(request: HttpRequest, blitz: int, *, presenter: bool) -> StreamingHttpResponse:
    """The events of a blitz. A server that can keep nothing open tells the state once, and is asked again."""
    if isinstance(request, ASGIRequest):
        connection.close()  # the page may stay for an hour
        response = StreamingHttpResponse(live.events(blitz, state, presenter=presenter))
    else:
        everybody, more = state(blitz)
        told = live.event({**everybody, **more} if presenter else everybody)
        response = StreamingHttpResponse(iter([b"retry: 2000\n\n", told]))
    response.headers["Content-Type"] = "text/event-stream; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-store, no-transform"
    response.headers["X-Accel-Buffering"] = "no"
    return response
