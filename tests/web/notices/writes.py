"""The writes of news."""

from __future__ import annotations

from tests.web.cases import Act, World, exempt, writes

from kafedra.web.notices import services
from kafedra.web.submissions.news import KIND as VERDICTS


@writes(services.choose)
def a_wish(w: World) -> Act:
    return lambda: services.choose(user=w.student, wishes={VERDICTS: (False, True)})


exempt("what ends with a membership is said where that ends", services.fall_silent)
exempt("what is told of has its own line", services.tell)
exempt("that somebody read their news is nobody else's business", services.seen)
