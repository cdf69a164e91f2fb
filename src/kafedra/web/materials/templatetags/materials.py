"""How the site's lists say what something is and how long it takes."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

register = template.Library()

_KINDS = {
    "book": gettext_lazy("book"), "chapter": gettext_lazy("chapter"), "paper": gettext_lazy("paper"),
    "notes": gettext_lazy("notes"), "video": gettext_lazy("video"), "code": gettext_lazy("code"),
    "course": gettext_lazy("course"), "page": gettext_lazy("page"),
}  # fmt: skip


@register.filter
def reading_kind(kind: str) -> str:
    """A book, a video …"""
    return str(_KINDS.get(kind, kind))


@register.filter
def language_word(language: str) -> str:
    """The language that it is in."""
    return _("in Russian") if language == "ru" else _("in English")


@register.filter
def how_long(minutes: int) -> str:
    """The time that reading or watching takes: minutes, from three hours on whole hours."""
    if minutes < 180:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
