"""What a new webhook hears of, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kafedra.web.frame.language import spoken
from kafedra.web.people.runs import RunAccess
from kafedra.web.webhooks.models import Event
from kafedra.web.webhooks.safety import LONGEST, Refused, target

MOST = 10  # of one person


class WebhookForm(forms.Form):
    """The address, the run, the events, and whose."""

    address = forms.CharField(
        label=_("Address"), max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"placeholder": "https://bot.example.org/kafedra", "inputmode": "url", "autocomplete": "off"}
        ),
    )  # fmt: skip
    run = forms.ChoiceField(label=_("Run"))
    events = forms.MultipleChoiceField(
        label=_("What does it hear of?"), choices=Event.choices, widget=forms.CheckboxSelectMultiple,
        initial=Event.values,
    )  # fmt: skip
    everybody = forms.BooleanField(label=_("of every student, not only of me; for teachers"), required=False)

    def __init__(self, runs: Sequence[RunAccess], registered: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.runs, self.registered = {one.run.slug: one for one in runs}, registered
        self.fields["run"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            (slug, one.facts.title.in_(spoken())) for slug, one in self.runs.items()
        ]
        if not any(one.is_staff for one in runs):
            del self.fields["everybody"]

    def clean_address(self) -> str:
        """One that the server may call."""
        address = str(self.cleaned_data["address"]).strip()
        try:
            target(address)
        except Refused as error:
            raise ValidationError(str(error)) from error
        return address

    def clean(self) -> dict[str, Any]:
        """Everybody's events are for teachers of that very run."""
        data = super().clean() or self.cleaned_data
        run = self.runs.get(data.get("run", ""))
        if data.get("everybody") and run is not None and not run.is_staff:
            self.add_error("everybody", _("You are no teacher of this run."))
        if self.registered >= MOST:
            raise ValidationError(_("You have %(most)d webhooks: remove one first."), params={"most": MOST})
        return data
