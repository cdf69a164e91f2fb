"""What protects every answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings
from tests.web.conftest import SignIn

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

TEMPLATES = Path(__file__).resolve().parents[3] / "src" / "kafedra" / "web" / "templates"


def test_pages_run_nothing_inline_and_nothing_from_elsewhere(client: Client, run: Run) -> None:
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_templates_need_no_exception_from_the_policy() -> None:
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|javascript:|\|safe\b", source), template


def test_the_usual_headers_are_there_on_errors_too(client: Client, run: Run) -> None:
    for address in ("/sign-in/", "/no-such-page", "/static/kafedra/kafedra.css"):
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Content-Security-Policy" in headers


@pytest.mark.parametrize("address", ["/join/2023/", "/invite/no-such-token/", "/sign-in/"])
def test_a_strangers_pages_are_kept_by_no_cache_either(client: Client, run: Run, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


def test_personal_pages_are_kept_by_no_cache(student: User, signed_in: SignIn) -> None:
    assert signed_in(student).get("/2023/grades/")["Cache-Control"] == "private, no-store"


def test_static_files_are_kept_for_long_because_their_addresses_change(client: Client, run: Run) -> None:
    page = client.get("/sign-in/").content.decode()
    (address,) = re.findall(r'href="(/static/kafedra/kafedra\.css\?v=[0-9a-f]{12})"', page)
    response = client.get(address)
    assert response["Cache-Control"] == "max-age=604800, public"
    assert response["Content-Type"].startswith("text/css")
    assert int(response["Content-Length"]) == len(response.content)
    again = client.get(address, headers={"if-modified-since": response["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_forms_need_their_token(student: User) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    response = client.post("/sign-in/", {"username": "anna", "password": "x"})
    assert response.status_code == 403
    assert "This form is out of date" in response.content.decode()


@override_settings(SECURE_HSTS_SECONDS=60)
def test_over_tls_browsers_are_told_to_stay_with_it(client: Client, run: Run) -> None:
    assert "max-age=60" in client.get("/sign-in/", secure=True)["Strict-Transport-Security"]
