"""Who may read what of a run's site.

Members of the run, and everybody where the run's file says ``[site] public = true``. What isn't open yet is 404 for
whoever waits for it, and is there for staff.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, Literal, ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase

from kafedra.course import Run as RunFacts
from kafedra.course import Topic, TopicMaterials
from kafedra.web import clock
from kafedra.web.people.access import signed_in
from kafedra.web.people.models import Role, User
from kafedra.web.people.runs import RunAccess, access_run, role_in
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

P = ParamSpec("P")
Item = Literal["materials", "solved"]
AS_STUDENT = "kafedra_as_student"  # a cookie; its value is the slug of the run


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a run's site: a member of the run, or a visitor (`access` is None)."""

    run: Run
    facts: RunFacts
    access: RunAccess | None
    as_student: bool = False

    @property
    def is_staff(self) -> bool:
        """Whether they see ahead: staff that doesn't look through a student's eyes."""
        return self.access is not None and self.access.is_staff and not self.as_student

    @property
    def may_switch(self) -> bool:
        """Whether they may choose with whose eyes to look."""
        return self.access is not None and self.access.is_staff

    @property
    def seen_as(self) -> RunAccess | None:
        """The access by which other rooms choose what they show."""
        if self.access is not None and self.as_student:
            return replace(self.access, role=Role.STUDENT)
        return self.access

    def opens(self, topic: int, item: Item) -> bool:
        """Whether this part of the topic is there for them now."""
        return self.is_staff or self.facts.opens(topic, item, clock.now())


class ExportRequest(HttpRequest):
    """A request that nobody made: for a page on its way into a file, read by a visitor of one of `runs`."""

    def __init__(self, path: str, reader: Reader, runs: Sequence[str], index: str) -> None:
        super().__init__()
        self.method, self.path, self.path_info = "GET", path, path
        self.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
        self.user = AnonymousUser()
        self.reader, self.runs, self.index = reader, runs, index


@dataclass(frozen=True)
class TopicOf:
    """A topic of a run, as one reader finds it. `written` is None while its folder isn't there or isn't open."""

    reader: Reader
    topic: Topic
    written: TopicMaterials | None

    @property
    def solved(self) -> bool:
        """Whether the solved seminar is open."""
        return self.written is not None and self.reader.opens(self.topic.number, "solved")


def for_readers(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Visitors are sent to the sign-in page, unless the run that the address names shows its site to everybody."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if isinstance(request, ExportRequest) or is_public(str(kwargs.get("run", ""))):
            return view(request, *args, **kwargs)
        return signed_in(view)(request, *args, **kwargs)

    return checked


def is_public(run_slug: str) -> bool:
    """Whether everybody may read the site of the run."""
    facts = course.current().runs.get(run_slug)
    return facts is not None and facts.site.public


def public_front() -> str:
    """The slug of the run whose site visitors are led to: the server's own, or the latest; empty if none is public."""
    known = [run for run in course.current().runs.values() if run.site.public]
    own = [run for run in known if run.slug == settings.DEFAULT_RUN]
    latest = sorted(known, key=lambda run: (str(run.starts or ""), run.slug), reverse=True)
    return next((run.slug for run in (*own, *latest)), "")


def access_site(request: HttpRequest, run_slug: str) -> Reader:
    """The site of the run, for its members and for whom it is open to; Http404 for everybody else."""
    if isinstance(request, ExportRequest):
        return request.reader
    user, facts = request.user, course.current().runs.get(run_slug)
    run = Run.objects.filter(slug=run_slug).first()
    if facts is None or run is None:
        raise Http404
    if facts.site.public and (not isinstance(user, User) or role_in(user, run) is None):
        return Reader(run, facts, None)
    access = access_run(user, run_slug)
    return Reader(run, facts, access, access.is_staff and request.COOKIES.get(AS_STUDENT) == run_slug)


def access_topic(request: HttpRequest, run_slug: str, name: str) -> TopicOf:
    """A topic that the run teaches, by its slug or its number; Http404 for any other."""
    reader, known = access_site(request, run_slug), course.current()
    planned = {number for one in reader.facts.plan for number in one.topics}
    for topic in known.topics:
        if topic.number in planned and name in (topic.slug, str(topic.number)):
            written = known.materials.get(topic.number) if reader.opens(topic.number, "materials") else None
            return TopicOf(reader, topic, written)
    raise Http404


def access_written(request: HttpRequest, run_slug: str, name: str) -> tuple[TopicOf, TopicMaterials]:
    """A topic whose materials are there and open; Http404 for any other."""
    found = access_topic(request, run_slug, name)
    if found.written is None:
        raise Http404
    return found, found.written


def access_notebook(request: HttpRequest, run_slug: str, name: str, variant: str) -> tuple[TopicOf, TopicMaterials]:
    """The same for one of its notebooks; the solved one is there from its day on."""
    found, written = access_written(request, run_slug, name)
    if variant == "solved" and not found.solved:
        raise Http404
    return found, written
