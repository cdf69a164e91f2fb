"""What is filled in about exams."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.exams.given import Given
from kafedra.web.exams.models import LONGEST_REASON, Exam, Paper
from kafedra.web.exams.selectors import Cell, cells
from kafedra.web.exams.services.setting import Held

_MOMENT = "%Y-%m-%dT%H:%M"
LARGEST_TABLE = 2 * 2**20


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, required=False, widget=widget, help_text=help_text)


class HeldForm(forms.Form):
    """When and where an exam is written."""

    at = _moment(gettext_lazy("Begins"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    choose_until = _moment(
        gettext_lazy("Students choose until"), gettext_lazy("Exam or automat. Left out, nobody is asked.")
    )

    def held(self) -> Held:
        """What was filled in."""
        data = self.cleaned_data
        return Held(data["at"], data["place"], data["choose_until"])


class CreateForm(HeldForm):
    """A new exam."""

    mark = forms.ChoiceField(label=gettext_lazy("For the mark"))
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"), min_value=0, max_value=10**9, initial=1,
        help_text=gettext_lazy("The same number draws the same paper."),
    )  # fmt: skip

    field_order = ("mark", "seed", "at", "place", "choose_until")

    def __init__(self, marks: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = marks  # type: ignore[attr-defined]  # a ChoiceField has them


class SeedForm(forms.Form):
    """Another paper."""

    seed = forms.IntegerField(label=gettext_lazy("Seed"), min_value=0, max_value=10**9)


class ReplaceForm(forms.Form):
    """Another question in one place of one variant, both from 0."""

    place = forms.IntegerField(min_value=0)
    variant = forms.IntegerField(min_value=0)
    slug = forms.CharField(max_length=200)


def number_of(text: str) -> Decimal:
    """Points with a comma or with a point. Raises ValidationError."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0 or number != round(number, 2):
        raise ValidationError(_("“%(text)s”: points are a number with at most two decimals.") % {"text": text[:40]})
    return number


def given_in(data: Mapping[str, str], shown: Sequence[Sequence[Cell]]) -> tuple[list[Given], dict[str, str]]:
    """What was typed into the cells of a page, and by the cell's name what can't be a mark."""
    given, wrong = list[Given](), dict[str, str]()
    for cell in (one for row in shown for one in row if not one.closed):
        text, reason = data.get(cell.name, "").strip(), data.get(f"{cell.name}-why", "").strip()
        if not text:
            if reason or cell.mark:
                wrong[cell.name] = _("A mark is a number; 0 is one, too.") if reason else ""
            continue
        try:
            points = number_of(text)
        except ValidationError as error:
            wrong[cell.name] = error.messages[0]
            continue
        if points > cell.most:
            wrong[cell.name] = _("This part is worth %(most)s at most.") % {"most": f"{cell.most.normalize():f}"}
        elif len(reason) > LONGEST_REASON:
            wrong[cell.name] = _("A reason has at most %(n)s characters.") % {"n": LONGEST_REASON}
        else:
            seen = data.get(f"{cell.name}-seen", "0")
            given.append(Given(cell.paper, cell.place, cell.part, points, reason, int(seen) if seen.isdecimal() else 0))
    return given, {name: words for name, words in wrong.items() if words}


def table_of(exam: Exam, papers: Sequence[Paper], text: str) -> tuple[list[Given], list[str]]:
    """Marks as a table: `paper` or `login`, `question`, `part`, `points`, and `reason` if there is one; all from 1.

    What is wrong is said with the number of its line; then nothing of the table is written.
    """
    rows = csv.DictReader(io.StringIO(text), dialect=_dialect(text))
    if not rows.fieldnames or not {"question", "part", "points"} <= {one.strip() for one in rows.fieldnames}:
        return [], [_("The first line must name the columns: paper or login, question, part, points, reason.")]
    shown = cells(exam, papers, range(len(exam.questions.rows)))
    known = {(key, cell.place, cell.part): cell for row in shown for cell in row for key in _keys(cell.paper)}
    given, wrong = list[Given](), list[str]()
    for line, row in enumerate(rows, 2):
        told = {(name or "").strip(): (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        who = told.get("paper") or told.get("login", "")
        place, part = (int(one) - 1 if one.isdecimal() else -1 for one in (told["question"], told["part"]))
        cell = known.get((who, place, part))
        if cell is None:
            wrong.append(_("Line %(line)s: there is no such paper, question or part.") % {"line": line})
            continue
        seen = str(cell.mark.version) if cell.mark else "0"
        data = {cell.name: told["points"], f"{cell.name}-why": told.get("reason", ""), f"{cell.name}-seen": seen}
        one, trouble = given_in(data, [[cell]])
        given += one
        place_in_table = _("Line %(line)s:") % {"line": line}
        wrong += [f"{place_in_table} {words}" for words in trouble.values()]
    return given, wrong


def _keys(paper: Paper) -> tuple[str, str]:
    return str(paper.number), paper.student.username


def _dialect(text: str) -> type[csv.Dialect]:
    class Read(csv.excel):
        delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","

    return Read
