"""Letters about tokens. Each is put into the outbox in the transaction of the caller."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kafedra.web.api.models import ApiToken
from kafedra.web.outbox.services import put
from kafedra.web.runs import course


def put_expiry(token: ApiToken) -> None:
    """That a token is about to expire, and with it the program that shows it."""
    user, of_course = token.user, course.current()
    with translation.override(user.language or of_course.language), timezone.override(of_course.timezone):
        day = date_format(timezone.localtime(token.expires_at), "DATE_FORMAT")
        link = settings.BASE_URL + reverse("api:tokens")
        text = _("The token “%(label)s” works until %(day)s; the program that shows it then sees nothing any more.")
        lines = [text % {"label": token.label, "day": day}, _("Make another one there: %(link)s") % {"link": link}]
        subject = _("a token for the API expires soon")
        put(address=user.email, subject=subject, text="\n\n".join(lines), user=user, expires_at=token.expires_at)
