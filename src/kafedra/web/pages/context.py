"""What every page knows without its view saying so."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kafedra.web import clock
from kafedra.web.frame.theme import chosen_theme
from kafedra.web.notices.selectors import unseen
from kafedra.web.people.models import User
from kafedra.web.people.runs import own_run
from kafedra.web.runs import course


def frame(request: HttpRequest) -> dict[str, object]:
    """The course's title, the theme, the moment, and where to come back to after changing a preference."""
    # A page that answered to a POST can't be asked for again: preferences then lead to where its form came from.
    here = request.get_full_path() if request.method == "GET" else request.path
    known = {"course": course.current(), "theme": chosen_theme(request), "now": clock.now(), "here": here}
    return known | _header(request)


def _header(request: HttpRequest) -> dict[str, object]:
    """How much is new, and the run whose places the header shows on pages of no run: asked for only where they are."""
    user = request.user
    if not isinstance(user, User):
        return {}
    return {"news_count": SimpleLazyObject(lambda: unseen(user)), "own_run": SimpleLazyObject(lambda: own_run(user))}
