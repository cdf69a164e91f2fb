"""Pages of a run that rooms below those pages lead to or name in letters. The names of addresses stand here alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run


def first_page() -> str:
    """Where whoever has signed in is led: on to the run they belong to."""
    return reverse("classroom:root")


def home_of(run: Run) -> str:
    """The run's own first page."""
    return reverse("classroom:home", args=[run.slug])


def grades_of(run: Run) -> str:
    """One's own grades."""
    return reverse("gradebook:grades", args=[run.slug])


def gradebook_of(run: Run) -> str:
    """Everybody's grades, for staff."""
    return reverse("gradebook:gradebook", args=[run.slug])


def assignment_page(run: Run, slug: str) -> str:
    """An assignment."""
    return reverse("classroom:assignment", args=[run.slug, slug])


def topic_page(run: Run, slug: str) -> str:
    """A topic of the plan, by its slug in course.toml."""
    return reverse("materials:topic", args=[run.slug, slug])


def practice_page(run: Run, slug: str) -> str:
    """A topic's blitz for visitors of a site that everybody may read, by the topic's slug in course.toml."""
    return reverse("materials:practice", args=[run.slug, slug])


def inbox_of(run: Run) -> str:
    """Everything that is said to staff."""
    return reverse("inbox:inbox", args=[run.slug])


def show_solution(run: Run, topic: int, problem: str) -> str:
    """Where a solution of a harder problem is shown to a teacher."""
    return f"{reverse('questions:ask', args=[run.slug])}?about=problem:{topic}:{problem}"
