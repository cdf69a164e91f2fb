"""Pages of cases that other modules of this room lead to."""

from __future__ import annotations

from django.urls import reverse

from kafedra.web.runs.models import Run


def case_page(run: Run, pk: int) -> str:
    """A case, for staff and for whoever it is about."""
    return reverse("integrity:case", args=[run.slug, pk])
