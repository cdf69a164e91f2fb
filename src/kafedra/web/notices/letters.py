"""Letters: plain text, in the language of whoever gets them, through Django's mail back end."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from kafedra.web.classroom import course
from kafedra.web.config.language import spoken
from kafedra.web.notices.kinds import Kind
from kafedra.web.notices.wording import sentence

if TYPE_CHECKING:
    from kafedra.web.people.models import User

log = logging.getLogger(__name__)


def send_news(user: User, kind: Kind, facts: Mapping[str, Any], path: str) -> None:
    """One piece of news, with its reason if there is one, the link, and how to switch such letters off."""
    with translation.override(user.language or course.current().language):
        told = sentence(kind, facts)
        lines = [told]
        if facts.get("why"):
            lines.append(_("Reason: %(why)s") % {"why": facts["why"]})
        lines += [
            settings.BASE_URL + path,
            "—\n" + _("Which letters you get: %(link)s") % {"link": f"{settings.BASE_URL}/account/notices/"},
        ]
        send(user.email, told, "\n\n".join(lines))


def send(address: str, subject: str, text: str) -> bool:
    """Send a letter; a mail server that does not answer costs the letter, never the work. Returns whether it left."""
    title = course.current().title.in_(spoken())
    one_line = " ".join(f"{title}: {subject}".split())
    try:
        EmailMessage(one_line, text, settings.DEFAULT_FROM_EMAIL, [address]).send()
    except Exception:  # whatever the back end raises: SMTP, sockets, the file system
        log.exception("a letter could not be sent")
        return False
    return True
