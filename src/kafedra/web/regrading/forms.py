"""What an instructor fills in to begin and to apply a regrade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kafedra.course import Run as RunFacts
from kafedra.web.frame.language import spoken
from kafedra.web.people.models import User
from kafedra.web.runs import course

LONGEST_REASON = 500


class BeginForm(forms.Form):
    """What to grade again, and whose."""

    assignment = forms.ChoiceField(label=_("Assignment"))
    students = forms.MultipleChoiceField(
        label=_("Only these students"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: everybody."),
    )
    whole = forms.BooleanField(
        label=_("Every submission, not only those that count"),
        required=False,
        help_text=_("Needed when the tests have become milder: an older submission may be the best one then."),
    )

    def __init__(self, facts: RunFacts, students: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_login = {student.username: student for student in students}
        written = course.current().assignments
        works = [work for work in facts.works if work.slug in written]
        self.fields["assignment"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            ("", "—"),
            *((work.slug, work.title.in_(spoken())) for work in works),
        ]
        self.fields["students"].choices = [  # type: ignore[attr-defined]  # likewise
            (student.username, f"{student.display_name} ({student.username})") for student in students
        ]

    def people(self) -> list[User]:
        """Those named; none means everybody."""
        return [self.by_login[login] for login in self.cleaned_data["students"]]


class ApplyForm(forms.Form):
    """Why everybody's points move."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("It goes into the record, and students whose points move read it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
