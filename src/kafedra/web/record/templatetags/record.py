"""How recorded values are written on pages."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from kafedra.web.config import words
from kafedra.web.config.templatetags.kafedra import moment, points

register = template.Library()
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
NUMBER = re.compile(r"-?\d+\.\d+\Z")
WORDS = {**words.STATES, **words.ROLES}


@register.filter
def recorded(value: object) -> str:
    """A value of `before` or `after`: moments as moments, states and roles in words, nothing as a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, str) and MOMENT.match(value):
        return moment(datetime.fromisoformat(value))
    if isinstance(value, str) and NUMBER.match(value):
        return points(Decimal(value))
    return str(WORDS.get(str(value), value))
