"""U+0000 in an address: PostgreSQL can't be asked for it. `journeys/test_postgresql.py` runs this there."""

import pytest
from django.test import Client
from tests.web.conftest import SignIn

from kafedra.web.people.models import User


@pytest.mark.parametrize("path", ["gradebook/students/anna%00/", "marks/exam%00/", "assignments/%00/"])
def test_no_page_has_it_in_its_path(assistant: User, student: User, signed_in: SignIn, path: str) -> None:
    page = signed_in(assistant).get(f"/2023/{path}")
    assert page.status_code == 404
    assert "<h1" in page.content.decode()


def test_what_is_asked_is_read_without_it(client: Client, db: None) -> None:
    assert client.get("/b/?code=%00AB").status_code == 404
    assert client.get("/b/?code=%00").status_code == 200, "the same as nothing"
