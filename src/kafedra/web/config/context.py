"""What every page knows without its view saying so."""

from __future__ import annotations

from django.http import HttpRequest

from kafedra.web import clock
from kafedra.web.classroom import course
from kafedra.web.config.preferences import chosen_theme


def frame(request: HttpRequest) -> dict[str, object]:
    """The course's title, the theme, the moment, and where to come back to after changing a preference."""
    # A page that answered to a POST can't be asked for again: preferences then lead to where its form came from.
    here = request.get_full_path() if request.method == "GET" else request.path
    return {"course": course.current(), "theme": chosen_theme(request), "now": clock.now(), "here": here}
