"""What people call the marks of a run."""

from __future__ import annotations

from kafedra.course import Run as RunFacts
from kafedra.web.frame.language import spoken
from kafedra.web.runs import course


def title_of(facts: RunFacts, name: str) -> str:
    """The title of a mark in the language of the page; its name in the formula where the run gives none."""
    title = facts.mark_titles.get(name)
    return title.in_(spoken()) if title else name


def title_in(run: str, name: str) -> str:
    """The same by the run's slug; the name where the course has changed since."""
    facts = course.current().runs.get(run)
    return title_of(facts, name) if facts else name
