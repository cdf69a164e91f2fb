"""Addresses for git, as a person copies them from a page."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from django.conf import settings

from kafedra.web.submissions.models import Repository


def clone_address(username: str, repository: Repository, token: str = "") -> str:
    """Where `username` clones the repository from; git asks for the password unless the token is in it."""
    parts = urlsplit(settings.BASE_URL)
    login = f"{quote(username)}:{quote(token)}" if token else quote(username)
    return f"{parts.scheme}://{login}@{parts.netloc}/git/{repository.path}"


def clone_command(username: str, repository: Repository, token: str = "") -> str:
    """The line for the terminal; it clones into a folder named after the assignment."""
    return f"git clone {clone_address(username, repository, token)} {repository.assignment}"
