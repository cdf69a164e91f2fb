"""Settings from outside: a wrong one stops the start, with the variable's name."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kafedra.web.config import environment


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in environment.Environment.model_fields:
        monkeypatch.delenv(f"KAFEDRA_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("WORKERS", "0", "greater than or equal to 1"),
        ("WORKERS", "two", "valid integer"),
        ("DEBUG", "perhaps", "valid boolean"),
        ("BASE_URL", "course.example.org", "must be an address such as"),
        ("BASE_URL", "https://example.org/course", "without a path"),
        ("RUN", "Весна", "should match pattern"),
        ("MAX_PUSH_MB", "-1", "greater than or equal to 1"),
        ("GITHUB_URL", "github.example.org", "must be an address such as"),
        ("WEBHOOK_NETWORKS", "bot.internal", "not a valid IPv4 or IPv6 network"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(f"KAFEDRA_{name}", value)
    with pytest.raises(ImproperlyConfigured) as error:
        environment.load()
    assert str(error.value).startswith(f"KAFEDRA_{name}: '{value}' — ")
    assert words in str(error.value)


def test_every_wrong_value_is_told_at_once_and_secrets_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFEDRA_WORKERS", "0")
    monkeypatch.setenv("KAFEDRA_SECRET_KEY", "short-and-secret")
    with pytest.raises(ImproperlyConfigured) as error:
        environment.load()
    assert len(str(error.value).splitlines()) == 2
    assert "short-and-secret" not in str(error.value)


def test_without_anything_it_works_in_the_current_folder(tmp_path: Path) -> None:
    loaded = environment.load()
    assert (loaded.course, loaded.data) == (tmp_path / "course", tmp_path / "var")
    assert loaded.database == f"sqlite:///{tmp_path}/var/kafedra.sqlite3"
    assert loaded.hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert not loaded.https


def test_the_secret_is_made_once_and_is_the_owners_only() -> None:
    loaded = environment.load()
    secret = loaded.secret()
    assert len(secret) >= 32
    assert environment.load().secret() == secret
    assert stat.S_IMODE((loaded.data / "secret-key").stat().st_mode) == 0o600


def test_hosts_come_from_the_address_or_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFEDRA_BASE_URL", "https://course.example.org/")
    loaded = environment.load()
    assert loaded.base_url == "https://course.example.org"
    assert loaded.https
    assert loaded.hosts[0] == "course.example.org"
    monkeypatch.setenv("KAFEDRA_ALLOWED_HOSTS", "a.example, b.example")
    assert environment.load().hosts == ["a.example", "b.example"]


@pytest.mark.parametrize("value", ["mail.example.org", "https://mail.example.org", "smtp://"])
def test_a_wrong_mail_server_is_named_but_its_password_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("KAFEDRA_MAIL_URL", value)
    with pytest.raises(ImproperlyConfigured, match=r"KAFEDRA_MAIL_URL: \(hidden\) — must be smtp"):
        environment.load()


def test_letters_are_files_until_there_is_a_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.load().mail["EMAIL_BACKEND"].endswith("files.EmailBackend")
    monkeypatch.setenv("KAFEDRA_MAIL_URL", "smtp+tls://course:p%40ss@mail.example.org")
    mail = environment.load().mail
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("course", "p@ss")
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (True, False)


@pytest.mark.parametrize("provider", ["GITHUB", "GOOGLE"])
@pytest.mark.parametrize("half", ["ID", "SECRET"])
def test_half_of_a_client_stops_the_start(monkeypatch: pytest.MonkeyPatch, provider: str, half: str) -> None:
    monkeypatch.setenv(f"KAFEDRA_{provider}_CLIENT_{half}", "half-a-client")
    with pytest.raises(ImproperlyConfigured) as error:
        environment.load()
    wanted = f"KAFEDRA_{provider}_CLIENT_SECRET: (hidden) — must be set together with KAFEDRA_{provider}_CLIENT_ID"
    assert str(error.value).startswith(wanted)


def test_people_sign_in_elsewhere_only_where_it_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.load().sign_in_with == {}
    monkeypatch.setenv("KAFEDRA_GITHUB_CLIENT_ID", "id")
    monkeypatch.setenv("KAFEDRA_GITHUB_CLIENT_SECRET", "kept")
    found = environment.load().sign_in_with
    assert found == {"github": {"client_id": "id", "secret": "kept", "url": "https://github.com"}}
    assert "kept" not in repr(environment.load())


def test_networks_for_webhooks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.load().webhook_networks == ()
    monkeypatch.setenv("KAFEDRA_WEBHOOK_NETWORKS", "127.0.0.1/32, 10.1.0.0/16,")
    assert [str(one) for one in environment.load().webhook_networks] == ["127.0.0.1/32", "10.1.0.0/16"]
