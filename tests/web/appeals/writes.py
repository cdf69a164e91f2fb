"""The writes of requests to look at a test again."""

from __future__ import annotations

from tests.web import factories
from tests.web.cases import Act, World, writes

from kafedra.web.appeals import services
from kafedra.web.appeals.models import Appeal


def _asked(w: World) -> Appeal:
    submission = factories.pushed(factories.repository(w.student, w.run))
    return services.ask(submission=submission, test="a::b", message="why?")


@writes(services.ask)
def asking(w: World) -> Act:
    return lambda: _asked(w)


@writes(services.answer)
def answering(w: World) -> Act:
    asked = _asked(w)
    return lambda: services.answer(request=asked, text="because", by=w.instructor)
