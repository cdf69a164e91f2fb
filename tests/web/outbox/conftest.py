"""Nobody hears the bell: what leaves, leaves when a test says so."""

from __future__ import annotations

import pytest
from tests.web.post_office import PostOffice

from kafedra.web.outbox import doorbell
from kafedra.web.people.models import User


@pytest.fixture(autouse=True)
def nobody_hears_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "ring", lambda: None)


@pytest.fixture
def office(settings) -> PostOffice:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    """The mail server of the settings; it is down until a test opens it."""
    found = PostOffice()
    with found.opened():  # to get a port
        pass
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", found.port, 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return found


@pytest.fixture
def student(student: User) -> User:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", language="en")
    student.refresh_from_db()
    return student
