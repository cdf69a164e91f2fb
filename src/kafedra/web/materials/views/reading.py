"""The chapter and the seminar, to be read."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kafedra.materials import Variant
from kafedra.notebooks import BuildError
from kafedra.web.materials import shelf
from kafedra.web.materials.access import access_notebook, access_written, for_readers
from kafedra.web.materials.views.topics import neighbour, topic_context


@for_readers
@require_safe
def lecture(request: HttpRequest, run: str, topic: str) -> HttpResponse:
    """The chapter of a topic."""
    found, written = access_written(request, run, topic)
    if topic != found.topic.slug:
        return redirect("materials:lecture", run, found.topic.slug)
    page = shelf.chapter_of(run, written)
    context = topic_context(request, found) | {"page": page, "text": _safe(page.html), "headings": page.headings}
    context["after"] = neighbour(run, written.number, "seminar", _("Seminar"))
    return render(request, "materials/lecture.html", context)


@for_readers
@require_safe
def seminar(request: HttpRequest, run: str, topic: str, variant: str) -> HttpResponse:
    """The seminar's notebook with its outputs: the student's, or the solved one after its day."""
    found, written = access_notebook(request, run, topic, variant)
    if topic != found.topic.slug:
        return redirect("materials:seminar" if variant == "student" else "materials:solved", run, found.topic.slug)
    try:
        page = shelf.seminar_of(run, written, cast("Variant", variant))
    except BuildError:
        raise Http404 from None
    context = topic_context(request, found) | {
        "page": page,
        "title": page.title or _("Seminar"),
        "cells": [(cell, _safe(cell.html), [_safe(one) for one in cell.outputs]) for cell in page.cells],
        "headings": page.headings,
        "variant": variant,
    }
    context["before"] = neighbour(run, written.number, "lecture", _("Lecture"))
    return render(request, "materials/seminar.html", context)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  # rendered by kafedra.materials, which lets no HTML through
