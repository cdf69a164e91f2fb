"""The pages of the site that every page of it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kafedra.web.materials.access import ExportRequest, Reader
from kafedra.web.people.hooks import Place
from kafedra.web.people.models import User
from kafedra.web.people.selectors import runs_of
from kafedra.web.runs import course


def framed(request: HttpRequest, reader: Reader) -> dict[str, object]:
    """What every page of the site shows around itself."""
    frame = {"here": "", "theme": "auto"} if isinstance(request, ExportRequest) else {}  # no server to ask
    return frame | {
        "reader": reader,
        "run": reader.run,
        "facts": reader.facts,
        "access": reader.access,
        "site_places": _places(request, reader.run.slug),
        "home": reverse("materials:plan", args=[reader.run.slug]) if reader.access is None else "/",
    }


@dataclass(frozen=True)
class Neighbour:
    """The page before or after one."""

    title: str
    address: str


def runs_for(request: HttpRequest) -> list[str]:
    """The slugs of the runs whose site this person may read, the latest first."""
    if isinstance(request, ExportRequest):
        return list(request.runs)
    known = course.current().runs
    own = [run.slug for run in runs_of(request.user)] if isinstance(request.user, User) else []
    found = {slug for slug in known if slug in own or known[slug].site.public}
    return sorted(found, key=lambda slug: (str(known[slug].starts or ""), slug), reverse=True)


def _places(request: HttpRequest, run: str) -> Sequence[Place]:
    names = [("plan", _("Topics")), ("homework", _("Homework")), ("reading", _("Reading"))]
    if len(runs_for(request)) > 1:
        names.append(("runs", _("Other years")))
    return [Place(words, reverse(f"materials:{name}", args=[run]), order) for order, (name, words) in enumerate(names)]
