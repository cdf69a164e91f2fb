"""Accept answers with a page whatever is wrong: a mistake in the assignment, or a failure of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.course import Problem
from kafedra.notebooks import BuildError
from kafedra.web.git.command import GitFailed
from kafedra.web.people.models import User
from kafedra.web.runs import soundness
from kafedra.web.submissions import storage
from kafedra.web.submissions.models import Repository

ADDRESS = "/2023/assignments/activations/"
MISTAKE = Problem(Path("tests/test_edges.py"), 12, "", "expectd", "is not defined")


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


@pytest.fixture
def _mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "inspect", lambda assignments, **_: ((one, (MISTAKE,)) for one in assignments))
    monkeypatch.setattr(soundness, "_soundness", soundness._Soundness())


@pytest.mark.usefixtures("_mistaken")
def test_a_student_hears_that_it_is_being_mended(page: Client) -> None:
    answer = page.post(ADDRESS)
    assert answer.status_code == 503
    assert "It can't be accepted yet: something in the assignment has to be mended first." in text(answer)
    assert "expectd" not in answer.content.decode()
    assert "Accept the assignment" not in text(page.get(ADDRESS))
    assert not Repository.objects.exists()


@pytest.mark.usefixtures("_mistaken")
def test_with_htmx_it_stands_where_the_button_was(page: Client) -> None:
    answer = page.post(ADDRESS, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "It can't be accepted yet" in text(answer)


@pytest.mark.usefixtures("_mistaken")
def test_staff_read_what_is_wrong(instructor: User, signed_in: SignIn) -> None:
    answer = signed_in(instructor).post(ADDRESS)
    assert "homework/activations/tests/test_edges.py:12: 'expectd' — is not defined" in text(answer)


@pytest.mark.parametrize("error", [OSError("disk full"), GitFailed("fatal"), BuildError([MISTAKE])])
def test_a_failure_of_the_machine_is_ours(page: Client, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> str:
        raise error

    monkeypatch.setattr(soundness, "inspect", lambda assignments, **_: ((one, ()) for one in assignments))
    monkeypatch.setattr(soundness, "_soundness", soundness._Soundness())
    monkeypatch.setattr(storage, "create_repository", fail)
    answer = page.post(ADDRESS)
    assert answer.status_code == 503
    assert "The failure is ours, not yours: try again in a minute." in text(answer)
    assert "Accept the assignment" in text(answer), "and the button is still there"
