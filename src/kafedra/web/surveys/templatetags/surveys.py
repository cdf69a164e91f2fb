"""Drawing what was answered: bars, and a line over the topics. Numbers are whole: attributes know no comma."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from kafedra.web.surveys.selectors import Distribution

register = template.Library()

BAR, STEP, TALL = 16, 20, 40


@register.filter
def bars_width(places: int) -> int:
    """Of a whole picture of bars."""
    return places * STEP


@register.filter
def bar_left(index: int) -> int:
    """Where the bar begins."""
    return index * STEP + (STEP - BAR) // 2


@register.filter
def bar_height(percent: int) -> int:
    """Of a bar; the smallest can still be seen."""
    return max(TALL * percent // 100, 2)


@register.filter
def bar_top(percent: int) -> int:
    """Bars stand on one line."""
    return TALL + 2 - bar_height(percent)


@register.filter
def mean(one: Distribution) -> str:
    """The mean place with one decimal; a dash if nobody chose any."""
    return "—" if one.mean is None else formats.number_format(one.mean, decimal_pos=1, use_l10n=True)


@register.filter
def in_words(one: Distribution) -> str:
    """The distribution for those who can't see it."""
    told = ", ".join(f"{place}: {n}" for place, n in enumerate(one.counts, 1))
    return _("how often each place was chosen: %(told)s") % {"told": told}
