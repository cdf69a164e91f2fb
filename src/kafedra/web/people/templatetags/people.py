"""What the frame of every page shows of a run."""

from __future__ import annotations

from django import template

from kafedra.web.people import hooks
from kafedra.web.people.hooks import Place
from kafedra.web.people.runs import RunAccess

register = template.Library()


@register.simple_tag
def places(access: RunAccess) -> list[Place]:
    """The links of the header for this person in this run."""
    return hooks.places(access)
