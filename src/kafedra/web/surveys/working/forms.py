"""What staff fill in: what becomes of an answer, a remark, a meme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kafedra.web.frame.pictures import ACCEPTED, NotAPicture, Redrawn, redrawn
from kafedra.web.runs.models import Run
from kafedra.web.surveys.models import LONGEST_ANSWER, LONGEST_SAID, Remark, Triage

TAKES_UP = (Triage.SEMINAR, Triage.ANSWERED)


class RemarkForm(forms.Form):
    """What was heard, in the words of the staff, and what follows."""

    said = forms.CharField(label=_("You said"), max_length=LONGEST_SAID, widget=forms.TextInput)
    done = forms.CharField(
        label=_("We did"), max_length=LONGEST_ANSWER, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class TriageForm(forms.Form):
    """What becomes of an answer. What all will read is a remark: one that is there, or a new one."""

    state = forms.ChoiceField(choices=[one for one in Triage.choices if one[0] != Triage.NEW])
    remark = forms.ModelChoiceField(queryset=Remark.objects.none(), required=False)
    said = forms.CharField(max_length=LONGEST_SAID, required=False)
    done = forms.CharField(max_length=LONGEST_ANSWER, required=False)

    def __init__(self, run: Run, topic: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].queryset = Remark.objects.filter(run=run, topic=topic)  # type: ignore[attr-defined]  # a ModelChoiceField has one

    def clean(self) -> dict[str, Any]:
        """What is answered for all says what was heard, and an answer says something."""
        data = super().clean() or self.cleaned_data
        state = data.get("state")
        if state in TAKES_UP and not data.get("remark") and not data.get("said"):
            message = _("Say in your own words what was heard: everybody will read it, and nobody the answer itself.")
            raise ValidationError(message)
        if state == Triage.ANSWERED and not data.get("remark") and not data.get("done"):
            raise ValidationError(_("An answer for all says something: fill in “We did”."))
        return data


class MemeForm(forms.Form):
    """A picture and what it shows."""

    picture = forms.FileField(label=_("Picture"), widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    alt = forms.CharField(
        label=_("What it shows and says"),
        max_length=LONGEST_SAID,
        help_text=_("For those who can't see it, and for the list below."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_picture(self) -> Redrawn:
        """The picture written anew."""
        try:
            return redrawn(self.cleaned_data["picture"].read())
        except NotAPicture as error:
            raise ValidationError(str(error)) from error
