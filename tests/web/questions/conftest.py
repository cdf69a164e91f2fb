"""Who asks, who reads, who answers; and a submission to ask about."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


@pytest.fixture
def classmate(other_student: User, signed_in: SignIn) -> Client:
    return signed_in(other_student)


@pytest.fixture
def staff(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


@pytest.fixture
def submission(run: Run, student: User) -> Submission:
    return factories.graded(factories.repository(student, run), "0.35")
