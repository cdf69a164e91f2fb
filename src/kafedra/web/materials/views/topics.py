"""The plan, and the page of a topic."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kafedra.web.materials.access import Reader, TopicOf, access_site, access_topic, for_readers
from kafedra.web.materials.calendar import classes, classes_of
from kafedra.web.people.hooks import topic_sections
from kafedra.web.runs import course


@for_readers
@require_safe
def plan(request: HttpRequest, run: str) -> HttpResponse:
    """Every class with its topics, and what is on now."""
    reader = access_site(request, run)
    return render(request, "materials/plan.html", framed(reader) | {"classes": classes(reader)})


@for_readers
@require_safe
def topic(request: HttpRequest, run: str, topic: str) -> HttpResponse:
    """What the topic is about, what there is to read and do, and what other rooms have of it."""
    found = access_topic(request, run, topic)
    if topic != found.topic.slug:
        return redirect("materials:topic", run, found.topic.slug)
    reader, number = found.reader, found.topic.number
    context = topic_context(found) | {
        "classes": classes_of(reader, number),
        "sections": topic_sections(reader.run, number, reader.seen_as),
    }
    return render(request, "materials/topic.html", context)


def framed(reader: Reader) -> dict[str, object]:
    """What every page of the site shows around itself."""
    return {"reader": reader, "run": reader.run, "facts": reader.facts, "access": reader.access}


def topic_context(found: TopicOf) -> dict[str, object]:
    """What every page of a topic shows: where it is among the others, and which parts it has."""
    planned = list(dict.fromkeys(number for one in found.reader.facts.plan for number in one.topics))
    place = planned.index(found.topic.number)
    known = course.current()
    before = known.topic(planned[place - 1]) if place else None
    after = known.topic(planned[place + 1]) if place + 1 < len(planned) else None
    return framed(found.reader) | {
        "found": found, "topic": found.topic, "written": found.written, "before": before, "after": after,
    }  # fmt: skip
