"""Safe HTML of what strangers wrote, for templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from kafedra.notebooks.rendering import RenderedCell, RenderedOutput
from kafedra.web.frame import prose as frame_prose

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Markdown with formulas, as safe HTML."""
    return frame_prose.prose(text)


@register.filter
def cell_html(part: RenderedCell | RenderedOutput) -> SafeString:
    """A cell or an output that `kafedra.notebooks.rendering` has made safe."""
    if not isinstance(part, RenderedCell | RenderedOutput):
        raise TypeError(f"not from the renderer: {type(part).__name__}")
    return mark_safe(part.html)  # noqa: S308  # see `rendering`: that is its whole purpose
