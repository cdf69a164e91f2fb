"""The plan, the page of a topic, and its harder problems."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from kafedra.course.topics import HarderProblem, TopicMaterials
from kafedra.materials import text_html
from kafedra.web import clock
from kafedra.web.frame.templatetags.kafedra import local
from kafedra.web.materials import elsewhere, shelf
from kafedra.web.materials.access import (
    ExportRequest,
    Reader,
    TopicOf,
    access_site,
    access_topic,
    access_written,
    for_readers,
)
from kafedra.web.materials.addresses import addresses, topic_page
from kafedra.web.materials.calendar import classes, classes_of, opens_at, week
from kafedra.web.materials.homework import works_of_topic
from kafedra.web.materials.places import Neighbour, framed
from kafedra.web.materials.prerequisites import prerequisites
from kafedra.web.people.hooks import topic_sections
from kafedra.web.runs import course
from kafedra.web.runs.addresses import show_solution

_FIRST = 20  # what other rooms put further up than this stands above the topic's own parts


@for_readers
@require_safe
def plan(request: HttpRequest, run: str) -> HttpResponse:
    """Every class with its topics, and what is on now."""
    reader = access_site(request, run)
    planned = classes(reader)
    near = week(reader, planned)
    context = {"classes": planned, "week": near, "now_on": near[-1].one if near else None}
    return render(request, "materials/plan.html", framed(request, reader) | context)


@for_readers
@require_safe
def topic(request: HttpRequest, run: str, topic: str) -> HttpResponse:
    """What the topic is about, what there is to read and do, and what other rooms have of it."""
    found = access_topic(request, run, topic)
    if topic != found.topic.slug:
        return redirect("materials:topic", run, found.topic.slug)
    reader, number, written = found.reader, found.topic.number, found.written
    # what other rooms have moves, and files don't
    sections = [] if isinstance(request, ExportRequest) else topic_sections(reader.run, number, reader.seen_as)
    context = topic_context(request, found) | {
        "classes": classes_of(reader, number),
        "first_sections": [one for one in sections if one.order < _FIRST],
        "sections": [one for one in sections if one.order >= _FIRST],
        "opens_at": opens_at(reader, number, "materials"),
        "hidden_from_students": written and not reader.facts.opens(number, "materials", clock.now()),
    }
    if written is not None:
        chapter = shelf.chapter_of(run, written)
        context |= {
            "lecture_headings": [one for one in chapter.headings if one.level == 2],
            "prerequisites": prerequisites(run, written),
            "works": works_of_topic(reader, number),
        }
    return render(request, "materials/topic.html", context)


@for_readers
@require_safe
def harder(request: HttpRequest, run: str, topic: str) -> HttpResponse:
    """The problems for whoever wants more; staff also see how they are solved."""
    found, written = access_written(request, run, topic)
    if topic != found.topic.slug:
        return redirect("materials:harder", run, found.topic.slug)
    if not written.harder:
        raise Http404
    problems = [_problem(found.reader, written, one) for one in written.harder]
    return render(request, "materials/harder.html", topic_context(request, found) | {"problems": problems})


def topic_context(request: HttpRequest, found: TopicOf) -> dict[str, object]:
    """What every page of a topic shows: its neighbours, and how to take its notebooks along."""
    planned = list(dict.fromkeys(number for one in found.reader.facts.plan for number in one.topics))
    place, number = planned.index(found.topic.number), found.topic.number
    before, after = (planned[place - 1 : place] if place else []), planned[place + 1 : place + 2]
    reader = found.reader
    return framed(request, reader) | elsewhere.links(reader.facts.site, found.topic.slug) | {
        "found": found, "topic": found.topic, "written": found.written,
        "before": next((neighbour(reader.run.slug, one) for one in before), None),
        "after": next((neighbour(reader.run.slug, one) for one in after), None),
        "solved_at": opens_at(reader, number, "solved"),
        "solved_hidden_from_students": not reader.facts.opens(number, "solved", clock.now()),
    }  # fmt: skip


def neighbour(run: str, number: int, part: str = "topic", words: str = "") -> Neighbour:
    """A page of a topic as the one before or after another."""
    return Neighbour(words or local(course.current().topic(number).title), topic_page(run, number, part))


def _problem(reader: Reader, written: TopicMaterials, one: HarderProblem) -> dict[str, object]:
    at = addresses(reader.run.slug, written.number)
    texts = {"statement": one.statement, "hint": one.hint, "solution": one.solution if reader.is_staff else ""}
    shown = {name: mark_safe(text_html(text, at)) if text else "" for name, text in texts.items()}  # noqa: S308  # no HTML passes through kafedra.materials
    asks = reader.access is not None and not reader.access.is_staff
    show = show_solution(reader.run, written.number, one.slug) if asks else ""
    return {"slug": one.slug, "title": one.title, "show": show, **shown}
