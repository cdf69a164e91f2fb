"""How recorded values are written on pages."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra.notebooks.prose import visible
from kafedra.web.frame import words
from kafedra.web.frame.templatetags.kafedra import moment, points, whole
from kafedra.web.pages.record.changes import RecordedTerms

register = template.Library()
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
POINTS = re.compile(r"(?P<amount>\d+(\.\d+)?)(?P<bonus> \(bonus\))?\Z")
NUMBER = re.compile(r"-?\d+\.\d+\Z")
WORDS = {**words.STATES, **words.ROLES}


@register.filter
def recorded(value: object) -> str:
    """A value of `before` or `after`: moments as moments, states and roles in words, nothing as a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, RecordedTerms):
        return _terms(value)
    if isinstance(value, list):
        return visible(", ".join(map(str, value)))
    if isinstance(value, str) and MOMENT.match(value):
        return moment(datetime.fromisoformat(value))
    if isinstance(value, str) and NUMBER.match(value):
        return points(Decimal(value))
    return visible(str(WORDS.get(str(value), value)))


def _terms(value: RecordedTerms) -> str:
    """Points and deadline of an assignment: 1 point, 30 January, 23:59."""
    return format_html_join(", ", "{}", ((_part(part),) for part in value.parts if part != "—"))


def _part(part: str) -> str:
    found = POINTS.match(part)
    if found is None:
        return recorded(part)
    amount = Decimal(found["amount"])
    shown = ngettext("%(n)s point", "%(n)s points", whole(amount)) % {"n": points(amount)}
    return ", ".join([shown, _("bonus")] if found["bonus"] else [shown])
