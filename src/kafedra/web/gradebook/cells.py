"""The cells of the gradebook as HTML. Written here and not in a template: a run has thousands of them on one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kafedra.policy import Standing
from kafedra.web.frame.numbers import DECIMALS, Exact, missing, written
from kafedra.web.frame.templatetags.kafedra import icon, percent, state_word
from kafedra.web.people.students import group_of
from kafedra.web.standings.personal import Line, PersonalStanding
from kafedra.web.submissions.models import State


@dataclass
class Cells:
    """Writes the cells of one page; words, icons and addresses are looked up once."""

    run: str
    with_groups: bool
    _states: dict[str, str] = field(default_factory=dict)
    _penalties: dict[Decimal, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = reverse("classroom:submission", args=[self.run, 0]).removesuffix("0/")
        self.separator = formats.get_format("DECIMAL_SEPARATOR")
        self.passed = icon("passed")
        self.by_hand = _("by hand")
        nothing = _("accepted, nothing pushed")
        self.accepted = format_html(
            '<span class="soft" title="{}">○<span class="sr-only">{}</span></span>', nothing, nothing
        )

    def row(self, personal: PersonalStanding) -> SafeString:
        """The cells of one student: name, group where the run has any, O_hw, automat, each assignment."""
        cells = "".join(self._cell(line) for line in personal.lines)
        return mark_safe(self._head(personal) + cells)  # noqa: S308  # put together from escaped parts

    def _head(self, personal: PersonalStanding) -> str:
        standing, student = personal.standing, personal.student
        name, login = escape(student.get_full_name()), escape(student.username)
        automat = self._grade(standing)
        group = f'<td class="wide-only">{escape(group_of(student))}</td>' if self.with_groups else ""
        return (
            f'<th scope="row" class="person" title="{name} ({login})">{name} <small class="mono">{login}</small></th>'
            f'{group}<td class="num strong">{self._number(standing.homework)}</td><td>{automat}</td>'
        )

    def _grade(self, standing: Standing) -> str:
        """The automat with its grade, how far it is, or the grade by the formula."""
        if standing.total is not None:
            total = f"{self._number(standing.total, 2)} → {standing.record_grade}"
            total += f" ({escape(standing.letter)})" if standing.letter else ""
            return f'<span class="state passed">{self.passed}{total}</span>' if standing.automat else total
        if standing.missing_for_automat is not None:
            return f'<span class="soft">−{self._number(missing(standing))}</span>'
        return '<span class="faint" aria-hidden="true">·</span>'

    def _number(self, value: Exact, places: int = DECIMALS) -> str:
        return written(value, places, self.separator)

    def _cell(self, line: Line) -> str:
        full = " full" if line.full else ""
        return f'<td class="num cell{full}">{self._content(line)}</td>'

    def _content(self, line: Line) -> str:
        if not line.pushed:
            if line.by_hand:
                return f'<span title="{escape(line.by_hand.reason)}">{self._points(line)}</span>'
            return self.accepted if line.accepted else '<span class="faint" aria-hidden="true">·</span>'
        counted = line.score.key if line.score and isinstance(line.score.key, int) else line.pushed[0].id
        newest = line.pushed[0].state
        state = "" if newest == State.GRADED.value else self._state(newest)
        return f'<a href="{self.root}{counted}/">{self._points(line)}{state}</a>'

    def _points(self, line: Line) -> str:
        if line.score is None:
            return ""
        text = self._number(line.score.points)
        if line.by_hand:
            text += f'<small class="by-hand" title="{escape(line.by_hand.reason)}">{self.by_hand}</small>'
        return text + (self._penalty(line.score.penalty) if line.score.penalty else "")

    def _penalty(self, penalty: Decimal) -> str:
        if penalty not in self._penalties:
            self._penalties[penalty] = f'<small class="late-now">−{percent(penalty)}</small>'
        return self._penalties[penalty]

    def _state(self, state: str) -> str:
        if state not in self._states:
            word = state_word(state)
            self._states[state] = format_html(
                '<span class="state {}" title="{}">{}<span class="sr-only">{}</span></span>',
                state,
                word,
                icon(state),
                word,
            )
        return self._states[state]
