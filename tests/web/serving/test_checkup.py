"""The doctor knows what the course's assignments let students' code start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kafedra.web.frame.doctor import Health
from kafedra.web.runs import course
from kafedra.web.serving.checkup import examine

pytestmark = pytest.mark.django_db


def found_with(programs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> list[tuple[Health, str]]:
    """What the doctor says of programs if one assignment names these."""
    known = course.current()
    one = known.assignments["activations"]
    asks = one.environment.model_copy(update={"programs": programs})
    changed = replace(known, assignments={"activations": one.model_copy(update={"environment": asks})})
    monkeypatch.setattr(course, "current", lambda: changed)
    return [(finding.health, finding.detail) for finding in examine() if finding.what == "programs"]


def test_a_program_that_is_declared_and_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ((health, detail),) = found_with(("sh", "no-such-compiler"), monkeypatch)
    assert health is Health.BROKEN
    assert detail.startswith("no-such-compiler is not in /usr/local/sbin")
    assert detail.endswith("needed for: activations")


def test_programs_that_are_there_are_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_with(("sh", "cat"), monkeypatch) == [(Health.OK, "cat, sh")]


def test_where_nothing_is_started_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_with((), monkeypatch) == []
