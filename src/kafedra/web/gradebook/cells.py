"""The cells of the gradebook as HTML. Written here and not in a template: a run has thousands of them on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote

from django.urls import reverse
from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kafedra.policy import Score, Standing
from kafedra.web.frame.numbers import DECIMALS, Exact, missing, written
from kafedra.web.frame.templatetags.kafedra import icon, percent, state_word
from kafedra.web.people.students import group_of
from kafedra.web.recordbook.models import FrozenGrade
from kafedra.web.runs import course
from kafedra.web.standings.line import Line
from kafedra.web.standings.personal import PersonalStanding
from kafedra.web.standings.values import Zeroed
from kafedra.web.submissions.models import State


@dataclass
class Cells:
    """Writes the cells of one page; words, icons and addresses are looked up once."""

    run: str
    with_groups: bool
    marks: tuple[str, ...] = ()
    with_blitzes: bool = False
    frozen: Mapping[int, FrozenGrade] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _penalties: dict[Decimal, str] = field(default_factory=dict)
    _written: dict[Decimal, str] = field(default_factory=dict)
    _plain: dict[tuple[str, Decimal, Decimal, str], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = reverse("classroom:submission", args=[self.run, 0]).removesuffix("0/")
        self.person = reverse("gradebook:student", args=[self.run, "_"]).removesuffix("_/")
        self.separator = formats.get_format("DECIMAL_SEPARATOR")
        self.passed = icon("passed")
        self.by_hand, self.zeroed = _("by hand"), pgettext("integrity", "case")
        works = course.current().runs[self.run].works
        self.practice = frozenset(work.slug for work in works if not work.points)
        self.cases = reverse("integrity:cases", args=[self.run])
        self.frozen_word = _("frozen")
        not_admitted = _("not admitted")
        self.not_admitted = format_html('<small class="loss" title="{}">✕<span class="sr-only">{}</span></small>',
                                        not_admitted, not_admitted)  # fmt: skip
        nothing = _("accepted, nothing pushed")
        self.accepted = format_html(
            '<span class="soft" title="{}">○<span class="sr-only">{}</span></span>', nothing, nothing
        )

    def row(self, personal: PersonalStanding) -> SafeString:
        """The cells of one student: name, group if there are any, O_hw, automat, marks, blitzes, each assignment."""
        explained = f"{self.person}{quote(personal.student.username)}/"
        marks = "".join(self._mark(personal, name, explained) for name in self.marks)
        blitzes = self._blitzes(personal, explained) if self.with_blitzes else ""
        works = enumerate(personal.scores.items())
        cells = "".join(self._cell(personal, place, slug, score) for place, (slug, score) in works)
        parts = (self._head(personal, explained), marks, blitzes, cells)
        return mark_safe("".join(parts))  # noqa: S308  # put together from escaped parts

    def _head(self, personal: PersonalStanding, explained: str) -> str:
        standing, student = personal.standing, personal.student
        name, login = escape(student.get_full_name()), escape(student.username)
        group = f'<td class="wide-only">{escape(group_of(student))}</td>' if self.with_groups else ""
        return (
            f'<th scope="row" class="person" title="{name} ({login})"><a href="{explained}">{name}</a> '
            f'<small class="mono">{login}</small></th>{group}'
            f'<td class="num cell strong"><a href="{explained}#formula">{self._number(standing.homework)}</a>'
            f"{self._case(personal.zeroed)}</td>"
            f"<td>{self._grade(standing, explained)}{self._frozen(personal)}</td>"
        )

    def _grade(self, standing: Standing, explained: str) -> str:
        """The automat with its grade, how far it is, or the grade by the formula."""
        if standing.total is not None:
            total = f"{self._number(standing.total, 2)} → {standing.record_grade}"
            total += f" ({escape(standing.letter)})" if standing.letter else ""
            shown = f'<span class="state passed">{self.passed}{total}</span>' if standing.automat else total
            return f'<a class="explains" href="{explained}#formula">{shown}</a>'
        if standing.missing_for_automat is not None:
            return f'<span class="soft">−{self._number(missing(standing))}</span>'
        return '<span class="faint" aria-hidden="true">·</span>'

    def _frozen(self, personal: PersonalStanding) -> str:
        """The grade of the record sheet, once that is closed; marked where another would follow today."""
        grade = self.frozen.get(personal.student.pk)
        if grade is None:
            return ""
        standing = personal.standing
        now = (standing.record_grade, standing.total, standing.letter or "")
        differs = ' <strong class="loss">≠</strong>' if now != (grade.record, grade.exact, grade.letter) else ""
        number = "—" if grade.record is None else grade.record
        return f' <small class="soft">{self.frozen_word} <strong>{number}</strong></small>{differs}'

    def _mark(self, personal: PersonalStanding, name: str, explained: str) -> str:
        """A mark as it was given; struck out where the student is not admitted, so that it counts as nothing."""
        value, admitted = personal.marks.get(name), personal.standing.grade.admitted.get(name, True)
        if value is None:
            return f'<td class="num cell">{"" if admitted else self.not_admitted}</td>'
        text = f'<a href="{explained}#marks">{self._number(value)}</a>'
        return f'<td class="num cell">{text if admitted else f"<del>{text}</del> {self.not_admitted}"}</td>'

    def _blitzes(self, personal: PersonalStanding, explained: str) -> str:
        """How many have a result, and what these are in the mean."""
        found = [value for name, value in personal.marks.items() if name.startswith("blitz_")]
        if not found:
            return '<td class="num cell"></td>'
        mean = percent(sum(found, Decimal(0)) / len(found) / 100)
        return (
            f'<td class="num cell"><a href="{explained}#marks">{mean}<small class="soft">{len(found)}</small></a></td>'
        )

    def _number(self, value: Exact, places: int = DECIMALS) -> str:
        return written(value, places, self.separator)

    def _cell(self, personal: PersonalStanding, place: int, slug: str, score: Score | None) -> str:
        """The assignment `slug`, which is the line at `place`. Cells that only lead elsewhere are put together once."""
        key, known = (personal.student.pk, slug), personal.known
        pushes = known.pushed.get(key)
        if (
            score is None
            or not pushes
            or pushes[0].awaits
            or slug in self.practice
            or key in known.given.final
            or key in known.given.zeroed
        ):
            return self._special(personal.lines[place])
        content = slug, score.points, score.penalty, pushes[0].state
        around = self._plain.get(content)
        if around is None:
            before, _lead, after = self._special(personal.lines[place]).partition(f"{self.root}{score.key}/")
            around = self._plain[content] = f"{before}{self.root}", f"/{after}"
        return f"{around[0]}{score.key}{around[1]}"

    def _special(self, line: Line) -> str:
        full = " full" if line.full and line.zeroed is None else ""
        return f'<td class="num cell{full}">{self._content(line)}{self._case(line.zeroed)}</td>'

    def _case(self, zeroed: Zeroed | None) -> str:
        """The case by which it counts as nothing, and why."""
        if zeroed is None:
            return ""
        address, why = f"{self.cases}{zeroed.case}/", escape(zeroed.reason)
        return f'<small class="by-hand"><a href="{address}" title="{why}">{self.zeroed}</a></small>'

    def _content(self, line: Line) -> str:
        if not line.pushed:
            if line.by_hand:
                return f'<span title="{escape(line.by_hand.reason)}">{self._points(line)}</span>'
            return self.accepted if line.accepted else '<span class="faint" aria-hidden="true">·</span>'
        counted = line.score.key if line.score and isinstance(line.score.key, int) else line.pushed[0].id
        newest = line.shown_state
        state = "" if newest == State.GRADED.value else self._state(newest)
        return f'<a href="{self.root}{counted}/">{self._points(line)}{state}</a>'

    def _points(self, line: Line) -> str:
        if line.score is None:
            return ""
        points = line.score.points
        text = self._written.get(points)
        if text is None:  # few of the thousands differ
            text = self._written[points] = self._number(points)
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
                icon("waiting" if state == "unread" else state),
                word,
            )
        return self._states[state]
