"""Without a mail server each letter is a file."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from tests.web.outbox.letters import put, states

from kafedra.web import clock
from kafedra.web.config.environment import Environment
from kafedra.web.outbox.delivery import Deliverer
from kafedra.web.outbox.models import Letter
from kafedra.web.runs.models import Run


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    """Where letters become files."""
    settings.EMAIL_BACKEND = Environment(data=tmp_path).mail["EMAIL_BACKEND"]
    settings.DATA_DIR = tmp_path
    return tmp_path / "letters"


def test_without_a_mail_server_each_letter_is_a_file(run: Run, folder: Path) -> None:
    """Sent within one second, too; a mail program opens it, and nobody else's account does."""
    for number in range(20):
        put(f"student-{number}@example.org")
    Deliverer().deliver()
    files = sorted(folder.iterdir())
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert {str(letter["To"]) for letter in letters} == {f"student-{number}@example.org" for number in range(20)}
    assert len(letters) == 20
    assert {file.suffix for file in files} == {".eml"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_letters_wait_while_their_folder_can_not_be_made(run: Run, folder: Path) -> None:
    folder.write_text("in the way")
    put()
    Deliverer().deliver()
    assert (states(), Letter.objects.get().unreachable) == (["waiting"], True)
    folder.unlink()
    with clock.shifted(timedelta(minutes=1)):
        assert Deliverer().deliver() == 1
    assert len(list(folder.iterdir())) == 1
