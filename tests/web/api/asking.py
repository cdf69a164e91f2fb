"""A program that asks: a client of Django's with a token in its header and nothing else."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpResponse
from django.test import Client

from kafedra.web.api import services
from kafedra.web.api.scopes import Scope
from kafedra.web.people.models import User

ROOT = "/api/v1"


class Program:
    """`program.get("/me")` with a token of `user`'s that has `scopes` (all of them unless named)."""

    def __init__(self, user: User, scopes: Collection[Scope] = tuple(Scope), days: int = 7) -> None:
        self.row, self.token = services.issue(user=user, label="bot", scopes=scopes, days=days)
        self._client = Client(headers={"authorization": f"Bearer {self.token}", "accept-language": "en"})

    def get(self, path: str, **options: object) -> HttpResponse:
        return self._client.get(ROOT + path, **options)

    def post(self, path: str, data: object, **headers: str) -> HttpResponse:
        return self._client.post(ROOT + path, data, content_type="application/json", headers=headers)

    def patch(self, path: str, data: object) -> HttpResponse:
        return self._client.patch(ROOT + path, data, content_type="application/json")

    def delete(self, path: str) -> HttpResponse:
        return self._client.delete(ROOT + path)


def kind_of(answer: HttpResponse) -> str:
    """What a program looks at in a refusal."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["title"]
    assert document["detail"]
    return str(document["type"]).rpartition("#")[2]
