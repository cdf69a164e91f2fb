"""The form of a survey: what the course asks and what the topic adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kafedra.course.topics import Scale, Survey
from kafedra.web.frame.language import spoken
from kafedra.web.surveys.bag import Form
from kafedra.web.surveys.models import LONGEST_ANSWER


class SurveyForm(forms.Form):
    """Everything may be skipped, but not everything at once."""

    def __init__(self, survey: Survey, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey
        for scale in survey.scales:
            places = [(str(place), str(place)) for place in range(1, scale.points + 1)]
            self.fields[f"scale-{scale.slug}"] = forms.ChoiceField(
                label=scale.text.in_(spoken()), choices=places, widget=forms.RadioSelect, required=False
            )
        for question in survey.open:
            self.fields[f"words-{question.slug}"] = forms.CharField(
                label=question.text.in_(spoken()),
                help_text=question.hint.in_(spoken()) if question.hint else "",
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Something was said."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise ValidationError(_("Nothing is filled in yet: one tap is enough."))
        return data

    def scales(self) -> Iterator[tuple[Scale, forms.BoundField]]:
        """The questions answered by a tap."""
        return ((scale, self[f"scale-{scale.slug}"]) for scale in self.survey.scales)

    def open_questions(self) -> Iterator[forms.BoundField]:
        """The questions answered in words."""
        return (self[f"words-{question.slug}"] for question in self.survey.open)

    def answers(self) -> Form:
        """What was said, without what was skipped."""
        data = self.cleaned_data
        places = {
            scale.slug: int(data[f"scale-{scale.slug}"]) for scale, _ in self.scales() if data[f"scale-{scale.slug}"]
        }
        words = {one.slug: data[f"words-{one.slug}"] for one in self.survey.open if data[f"words-{one.slug}"]}
        return Form(places, {slug: text.replace("\r\n", "\n") for slug, text in words.items()})
