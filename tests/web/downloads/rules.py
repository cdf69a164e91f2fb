"""Who gets what of the addresses of downloads."""

from __future__ import annotations

from tests.web.cases import Arguments, Rule, World

from kafedra.web.submissions.models import Submission

RULES = {
    "downloads:wheel": (Rule("GET", (404,) * 6, ("no-such.whl",)),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    return {"no-such.whl": "no-such.whl"}
