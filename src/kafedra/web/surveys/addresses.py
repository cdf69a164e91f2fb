"""Pages of feedback that letters and other rooms' pages lead to."""

from __future__ import annotations

from django.urls import reverse

from kafedra.web.runs.models import Run


def form_of(run: Run, topic: int) -> str:
    """The form about a topic; whoever has answered sees their meme there."""
    return reverse("surveys:form", args=[run.slug, topic])


def results_of(run: Run, topic: int) -> str:
    """What was answered about a topic, for staff."""
    return reverse("surveys:results", args=[run.slug, topic])
