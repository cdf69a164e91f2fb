"""What an instructor fills in to grant a later deadline or to set points by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kafedra.course import AssignedWork
from kafedra.course import Run as RunFacts
from kafedra.web import clock
from kafedra.web.adjustments.services import Grant
from kafedra.web.frame.language import spoken
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

LONGEST_REASON = 500
LONGEST_DAYS = 366


class ExtensionForm(forms.Form):
    """Whose deadlines move, of which assignments, until when or by how much, and why."""

    students = forms.MultipleChoiceField(label=_("Students"), required=False, widget=forms.CheckboxSelectMultiple)
    group = forms.ChoiceField(label=_("or a whole group"), required=False)
    assignments = forms.MultipleChoiceField(label=_("Assignments"), widget=forms.CheckboxSelectMultiple)
    deadline = forms.DateTimeField(
        label=_("New deadline"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    days = forms.IntegerField(
        label=_("or so many days more"),
        min_value=1,
        max_value=LONGEST_DAYS,
        required=False,
        help_text=_("Counted from the deadline of the course, even if that one moves later."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The student reads it too."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    batch = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, facts: RunFacts, students: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        self.by_login = {student.username: student for student in students}
        self.fields["students"].choices = _people(students)  # type: ignore[attr-defined]  # a ChoiceField has them
        groups = sorted({student.group for student in students} - {""})  # type: ignore[attr-defined]  # annotated
        self.fields["group"].choices = [("", "—"), *((one, one) for one in groups)]  # type: ignore[attr-defined]
        self.fields["assignments"].choices = [  # type: ignore[attr-defined]  # likewise
            (work.slug, work.title.in_(spoken())) for work in _dated(facts)
        ]

    def clean_deadline(self) -> datetime | None:
        """The named minute belongs to the time that is granted: until 23:59 means until 23:59:59."""
        deadline: datetime | None = self.cleaned_data["deadline"]
        if deadline is None:
            return None
        if deadline > clock.now() + timedelta(days=LONGEST_DAYS):
            message = _("That is more than %(days)s days from now: is the year right?")
            raise ValidationError(message, params={"days": LONGEST_DAYS})
        return deadline.replace(second=0, microsecond=0) + timedelta(seconds=59)

    def clean(self) -> dict[str, Any]:
        """Somebody is named, and exactly one of a moment and a number of days."""
        data = super().clean() or self.cleaned_data
        if not data.get("students") and not data.get("group") and not {"students", "group"} & set(self.errors):
            self.add_error("students", _("Choose students, or a group."))
        if "deadline" in data and "days" in data and (data["deadline"] is None) == (data["days"] is None):
            self.add_error("deadline", _("Give a new deadline or a number of days: one of them."))
        elif data.get("deadline"):
            self._check_later(data)
        return data

    def _check_later(self, data: dict[str, Any]) -> None:
        for slug in data.get("assignments", ()):
            homework, work = self.facts.work(slug)
            if homework.deadline is not None and data["deadline"] <= homework.deadline:
                message = _("“%(work)s” has a later deadline already. An extension can only give more time.")
                self.add_error("deadline", ValidationError(message, params={"work": work.title.in_(spoken())}))

    def people(self) -> list[User]:
        """Those named and those of the group, each once, by name."""
        group, named = self.cleaned_data["group"], set(self.cleaned_data["students"])
        return [
            student
            for login, student in self.by_login.items()
            if login in named or (group and student.group == group)  # type: ignore[attr-defined]  # annotated
        ]

    def grant(self) -> Grant:
        """What is granted."""
        data = self.cleaned_data
        return Grant(tuple(data["assignments"]), data["deadline"], data["days"], data["reason"])


class ByHandField(forms.DecimalField):
    """Points with a comma or with a point, whatever the language of the page.

    Typed as text: browsers take only one of the two into a field of numbers.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """An exact number, or None."""
        return super().to_python(str(value or "").strip().replace(",", "."))


class PointsForm(forms.Form):
    """Points set by hand: of one submission, or of a whole assignment."""

    student = forms.ChoiceField(label=_("Student"))
    assignment = forms.ChoiceField(label=_("Assignment"))
    submission = forms.IntegerField(required=False, widget=forms.HiddenInput)
    points = ByHandField(label=_("Points"), min_value=Decimal(0), max_digits=6, decimal_places=3)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The student reads it too."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, run: Run, facts: RunFacts, students: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "id_by_hand_%s"})  # another form stands on the same page
        self.run, self.facts = run, facts
        self.by_login = {student.username: student for student in students}
        works = [(work.slug, work.title.in_(spoken())) for work in facts.works]
        self.fields["student"].choices = [("", "—"), *_people(students)]  # type: ignore[attr-defined]
        self.fields["assignment"].choices = [("", "—"), *works]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Not more points than the assignment has; a submission belongs to that student and assignment."""
        data = super().clean() or self.cleaned_data
        if data.get("assignment") and data.get("points") is not None:
            most = self.facts.work(data["assignment"])[1].points
            if data["points"] > most:
                self.add_error("points", ValidationError(_("The assignment is worth %(most)s."), params={"most": most}))
        if data.get("submission") and self._submission(data) is None:
            raise ValidationError(_("There is no such submission of this student to this assignment."))
        return data

    def _submission(self, data: dict[str, Any]) -> Submission | None:
        owned = Submission.objects.filter(
            repository__run=self.run,
            repository__student__username=data.get("student", ""),
            repository__assignment=data.get("assignment", ""),
        )
        return owned.filter(pk=data["submission"]).first()

    def chosen(self) -> tuple[User, Submission | None]:
        """The student, and the submission if the points are of one."""
        data = self.cleaned_data
        return self.by_login[data["student"]], self._submission(data) if data["submission"] else None


def _people(students: Sequence[User]) -> list[tuple[str, str]]:
    return [(student.username, f"{student.display_name} ({student.username})") for student in students]


def _dated(facts: RunFacts) -> list[AssignedWork]:
    """Only what has a deadline can have a later one."""
    return [work for homework in facts.homework if homework.deadline for work in homework.assignments]
