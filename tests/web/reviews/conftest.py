"""A submission to review, and a reviewer's hand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.reviews import works

from kafedra.web.people.models import User
from kafedra.web.reviews.models import Review
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission


@pytest.fixture
def submission(run: Run, student: User) -> Submission:
    """Anna's solved notebook, worth 1 point of 1."""
    return works.handed_in(works.work(student, run))


@dataclass
class Reviewer:
    """Does through HTTP what a reviewer does on the desk."""

    client: Client
    submission: Submission
    page: str = ""

    @property
    def desk(self) -> str:
        return f"/2023/reviews/{self.submission.pk}/"

    def seen(self) -> int:
        review = Review.objects.filter(submission=self.submission).first()
        return review.revision if review else 0

    def comment(self, text: str, cell: int = 3, taken_off: str = "", uid: UUID | None = None, **more: object) -> UUID:
        uid = uid or uuid4()
        assert self.saving(text, cell, taken_off, uid, **more).status_code == 200
        return uid

    def saving(self, text: str, cell: int, taken_off: str, uid: UUID, **more: object) -> HttpResponse:
        data = {"text": text, "cell": cell, "taken_off": taken_off, "seen": self.seen(), "page": self.page, **more}
        return self.client.post(f"{self.desk}comments/{uid}/", data, headers={"hx-request": "true"})

    def publish(self, seen: int | None = None) -> HttpResponse:
        return self.client.post(f"{self.desk}publish/", {"seen": self.seen() if seen is None else seen}, follow=True)


@pytest.fixture
def reviewer(assistant: User, submission: Submission, signed_in: SignIn) -> Reviewer:
    """Vera, an assistant, at the desk with Anna's notebook."""
    return Reviewer(signed_in(assistant), submission)
