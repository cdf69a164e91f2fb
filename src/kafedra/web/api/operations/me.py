"""Whose token it is, and what is theirs: runs, standing, deadlines."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Router

from kafedra.web.api.bearer import Bearer, TokenRequest
from kafedra.web.api.presenting import person, run_out, standing_out, work_out
from kafedra.web.api.schemas.people import MeOut, TokenOut
from kafedra.web.api.schemas.standings import DeadlinesOut, StandingOut
from kafedra.web.api.scopes import Scope
from kafedra.web.people.runs import access_run
from kafedra.web.people.selectors import runs_of
from kafedra.web.standings.selectors import standing_for

router = Router(tags=["me"])


@router.get("/me", response=MeOut, url_name="me", auth=Bearer(), summary=gettext_noop("Whose token it is"))
def me(request: TokenRequest) -> MeOut:
    """Any token that works may ask."""
    user, token = request.user, request.auth
    runs = [run_out(access_run(user, run.slug)) for run in runs_of(user)]
    known = TokenOut(label=token.label, scopes=token.scopes, expires_at=token.expires_at)
    return MeOut(**person(user).dict(), language=user.language, runs=runs, token=known)


@router.get(
    "/runs/{slug:run}/standing", response=StandingOut, url_name="standing", auth=Bearer(Scope.OWN_READ),
    summary=gettext_noop("My standing: every assignment, homework, the grade"),
)  # fmt: skip
def standing(request: TokenRequest, run: str) -> StandingOut:
    """What the page “Grades” shows."""
    access = access_run(request.user, run)
    return standing_out(standing_for(request.user, access.run))


@router.get(
    "/runs/{slug:run}/deadlines", response=DeadlinesOut, url_name="deadlines", auth=Bearer(Scope.OWN_READ),
    summary=gettext_noop("My deadlines, extensions included"),
)  # fmt: skip
def deadlines(request: TokenRequest, run: str) -> DeadlinesOut:
    """Those that are over come too: late work is worth handing in."""
    access = access_run(request.user, run)
    lines = standing_for(request.user, access.run).lines
    in_order = sorted(lines, key=lambda line: (line.deadline is None, line.deadline and line.deadline.timestamp()))
    return DeadlinesOut(items=[work_out(line) for line in in_order])
