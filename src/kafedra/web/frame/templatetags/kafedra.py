"""How numbers, moments and words are written on pages, in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra import policy
from kafedra.course import Localized
from kafedra.web import clock
from kafedra.web.frame import numbers, words
from kafedra.web.frame.language import spoken

register = template.Library()
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
A_YEAR = 365  # days


@register.filter
def points(value: numbers.Exact | None, places: int = numbers.DECIMALS) -> str:
    """A number of points, with as many decimals as it needs and at most `places`: 1, 0,35; a dash for None."""
    return "—" if value is None else numbers.written(value, places)


@register.filter
def missing(standing: policy.Standing) -> str:
    """How many points are missing for the automat."""
    return points(numbers.missing(standing))


@register.filter
def whole(value: Decimal) -> int:
    """For choosing a plural form: 1 and 2 as they are; a fraction takes the form of 2 (0,35 балла)."""
    return int(value) if value == value.to_integral_value() else 2


@register.filter
def number(value: Decimal | Fraction) -> str:
    """A number as HTML attributes want it: with a point, in any language."""
    return format(policy.quantize(value, 3), "f")


@register.filter
def percent(value: Decimal) -> str:
    """A fraction as a percentage: 0.1 → 10 %."""
    return f"{points(value * 100, 1)}{NARROW_SPACE}%"


@register.filter
def remains(penalty: Decimal) -> str:
    """What is left after a penalty, as a factor: 0.1 → 0,9."""
    return points(1 - penalty)


@register.filter
def local(value: Localized | None) -> str:
    """A text of the course in the visitor's language."""
    return "" if value is None else value.in_(spoken())


@register.filter
def day(value: date | None) -> str:
    """A date in words; the year only when it isn't this one."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    this_year = timezone.localtime(clock.now()).year
    return formats.date_format(value, "j E" if value.year == this_year else "j E Y", use_l10n=False)


@register.simple_tag
def moment(value: datetime | None) -> str:
    """A moment in the course's time zone, as a <time> element; hovering tells how far it is."""
    if value is None:
        return "—"
    shown = timezone.localtime(value)
    text = f"{day(shown.date())}, {shown:%H:%M}"
    return format_html('<time datetime="{}" title="{}">{}</time>', shown.isoformat(), distance(value), text)


@register.filter
def distance(value: datetime) -> str:
    """How far a moment is from now: in 3 days, 2 hours ago; of an old run, 3 years ago."""
    seconds = int((value - clock.now()).total_seconds())
    amount = _amount(abs(seconds))
    if not amount:
        return _("just now") if seconds <= 0 else _("in less than a minute")
    return (_("in %(amount)s") if seconds > 0 else _("%(amount)s ago")) % {"amount": amount}


def _amount(seconds: int) -> str:
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days >= A_YEAR:
        return ngettext("%(n)d year", "%(n)d years", days // A_YEAR) % {"n": days // A_YEAR}
    if days:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes else ""


@register.filter
def first_line(text: str) -> str:
    """The first line: of a message, the property that is broken."""
    return text.strip("\n").split("\n", 1)[0]


@register.filter
def other_lines(text: str) -> str:
    """All but the first line, without empty ones around."""
    return text.strip("\n").partition("\n")[2].strip("\n")


@register.filter
def state_word(state: str) -> str:
    """The word for the state of an assignment or a submission."""
    return str(words.STATES[state])


@register.filter
def outcome_word(outcome: str) -> str:
    """The word for how one test ended."""
    return str(words.OUTCOMES.get(outcome, outcome))


@register.filter
def role_word(role: str) -> str:
    """The word for a role in a run."""
    return str(words.ROLES[role])


@register.filter
def letter_word(state: str) -> str:
    """The word for what became of a letter."""
    return str(words.LETTERS[state])


@register.filter
def way_word(way: str) -> str:
    """The word for a way to sign in."""
    return str(words.SIGN_INS.get(way, way))


@register.filter
def browser_name(agent: str) -> str:
    """Browser and system, as a person would name them; of an unknown browser what it says of itself."""
    system = next((name for mark, name in words.SYSTEMS if mark in agent), "")
    browser = next((name for mark, name in words.BROWSERS if mark in agent), agent[:60])
    return f"{browser}, {system}" if system else browser


@register.filter
def outcome_mark(outcome: str) -> str:
    """The icon of an outcome: every one that isn't a pass or a plain failure has its own shape too."""
    return {"passed": "passed", "failed": "failed", "forbidden": "forbidden", "missing": "missing"}.get(
        outcome, "broken"
    )


@register.filter
def of_test(by_test: Mapping[str, object], test: str) -> object | None:
    """What there is about one test."""
    return by_test.get(test)


@register.filter
def group_of(field: BoundField, login: str) -> str:
    """The group of one of the students that a form offers by login; empty for none."""
    students = getattr(field.form, "by_login", {})
    return getattr(students.get(login), "group", "")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing that repeats what a word beside it says, and is therefore hidden from screen readers."""
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("kafedra/icons.svg"),
        name,
    )
