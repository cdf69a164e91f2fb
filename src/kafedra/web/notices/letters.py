"""Letters with news: plain text, in the language of whoever gets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kafedra.web.notices.kinds import News
from kafedra.web.outbox.services import put
from kafedra.web.runs import course

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run


def put_news(user: User, run: Run, news: News, facts: Mapping[str, Any], path: str) -> None:
    """One piece of news: what there is to say, the reason if there is one, the link, how to switch such letters off."""
    the_course = course.current()
    with translation.override(user.language or the_course.language), timezone.override(the_course.timezone):
        told = news.sentence(facts)
        lines = [told, *news.details(facts)]
        if facts.get("why"):
            lines.append(_("Reason: %(why)s") % {"why": facts["why"]})
        lines += [
            settings.BASE_URL + path,
            "—\n" + _("Which letters you get: %(link)s") % {"link": f"{settings.BASE_URL}/account/notices/"},
        ]
        put(
            address=user.email, subject=told.removesuffix("."), text="\n\n".join(lines), user=user, run=run,
            expires_at=news.true_until(facts), unlisted=news.unlisted,
        )  # fmt: skip
