"""Distributions as pictures: SVG made here, coloured by the stylesheet, with words for who doesn't see them."""

from __future__ import annotations

from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra.web.frame.numbers import written
from kafedra.web.gradebook.distribution import Distribution

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 400, 150, 6, 22, 16
PLOT = WIDTH - 2 * LEFT
FLOOR = HEIGHT - BOTTOM
TICKS = 4


def picture(one: Distribution) -> SafeString:
    """The histogram as an SVG element of the page."""
    return format_html(
        '<svg class="histogram" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        WIDTH, HEIGHT, in_words(one), _bars(one), _axis(one), _line(one), _highest(one),
    )  # fmt: skip


def in_words(one: Distribution) -> str:
    """What the picture shows, in one sentence or two."""
    if one.middle is None:
        return _("%(title)s: nobody has points yet.") % {"title": one.title}
    told = {"title": one.title, "middle": written(one.middle, 2), "most": written(one.most, 2), "full": one.full}
    text = ngettext(
        "%(title)s of %(n)d student: median %(middle)s of %(most)s, %(full)d with everything.",
        "%(title)s of %(n)d students: median %(middle)s of %(most)s, %(full)d with everything.",
        one.total,
    )
    said = text % {"n": one.total, **told}
    if one.line is not None:
        said += " " + _("The automat begins at %(line)s.") % {"line": written(one.line, 2)}
    return said


def _x(one: Distribution, value: Fraction) -> str:
    return _places(LEFT + PLOT * value / one.most)


def _places(value: Fraction | int) -> str:
    return f"{float(value):.1f}"


def _bars(one: Distribution) -> SafeString:
    highest, width = max(one.counts) or 1, Fraction(PLOT, len(one.counts))
    room = FLOOR - TOP
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        (
            (
                _places(LEFT + place * width + Fraction(1, 2)),
                _places(FLOOR - Fraction(room * count, highest)),
                _places(width - 1),
                _places(Fraction(room * count, highest)),
                _bin(one, place, count),
            )
            for place, count in enumerate(one.counts)
            if count
        ),
    )


def _bin(one: Distribution, place: int, count: int) -> str:
    step = one.most / len(one.counts)
    return f"{written(place * step, 2)}–{written((place + 1) * step, 2)}: {count}"


def _axis(one: Distribution) -> SafeString:
    ticks = [one.most * place / TICKS for place in range(TICKS + 1)]
    anchors = ["start", *["middle"] * (TICKS - 1), "end"]
    return format_html(
        '<path class="axis" d="M{} {}H{}"/>{}', LEFT, FLOOR, WIDTH - LEFT,
        format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', (
            (_x(one, value), HEIGHT - 6, anchor, written(value, 2))
            for value, anchor in zip(ticks, anchors, strict=True)
        )),
    )  # fmt: skip


def _line(one: Distribution) -> SafeString:
    if one.line is None or not 0 <= one.line <= one.most:
        return SafeString("")
    x, beyond = _x(one, one.line), one.line * 2 > one.most
    return format_html(
        '<path class="line" d="M{} {}V{}"/><text class="line" x="{}" y="{}" text-anchor="{}" dx="{}">{}</text>',
        x, 2, FLOOR, x, 11, "end" if beyond else "start", -4 if beyond else 4, _("automat"),
    )  # fmt: skip


def _highest(one: Distribution) -> SafeString:
    """The number of the highest bar, above it: the scale of the picture."""
    highest = max(one.counts)
    if not highest:
        return SafeString("")
    place, width = one.counts.index(highest), Fraction(PLOT, len(one.counts))
    x = _places(LEFT + (place + Fraction(1, 2)) * width)
    return format_html('<text x="{}" y="{}" text-anchor="middle">{}</text>', x, TOP - 3, highest)
