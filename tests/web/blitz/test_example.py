"""The blitzes of the example run."""

from __future__ import annotations

import pytest
from tests.web import factories

from kafedra.web.blitz.models import Blitz, Phase
from kafedra.web.blitz.results import result_of
from kafedra.web.demo import blitzing
from kafedra.web.demo.people import INSTRUCTOR
from kafedra.web.people.models import Role
from kafedra.web.runs.models import Run


@pytest.mark.parametrize("people", [3, 8])
def test_one_was_played_and_one_waits_to_be_started(run: Run, people: int) -> None:
    factories.person(INSTRUCTOR.login, INSTRUCTOR.name, run=run, role=Role.INSTRUCTOR)
    logins = [factories.person(f"student-{number}", f"Студент {number}", run=run).username for number in range(people)]
    blitzing.play(run, logins)
    waiting, played = Blitz.objects.all()
    assert (waiting.phase, played.phase) == (Phase.LOBBY, Phase.OVER)
    assert played.started_at < waiting.started_at
    result = result_of(played)
    assert result.participants == people
    assert all(one.last.answers == people for one in result.questions)
    assert any(len(one.votes) == 2 for one in result.questions)
