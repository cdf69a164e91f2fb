"""A notebook that costs much to look at is looked at once, however many others are looked at in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.web.reviews import works

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions import notebooks


@pytest.mark.django_db
def test_what_could_not_be_read_is_not_read_again(run: Run, student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    repository, asked = works.work(student, run), list[str]()
    apart = notebooks.apart

    def counted(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        asked.append(function.__name__)
        return apart(function, *arguments, **named)

    monkeypatch.setattr(notebooks, "apart", counted)
    bad = works.handed_in(repository, files={"activations.ipynb": b"[" * 100_000})
    assert notebooks.submitted(bad).problem
    first = len(asked)
    assert first == 1
    for number in range(25):
        one = works.handed_in(repository, [works.code(f"x = {number}")])
        assert not notebooks.submitted(one).problem
    assert len(asked) == first + 25
    assert notebooks.submitted(bad).problem
    assert len(asked) == first + 25
