"""Attempts are counted; a flood of them is refused at the price of looking."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kafedra.web.people.models import CountedAttempt
from kafedra.web.people.throttle import PASSWORD, refused


@pytest.mark.django_db
def test_who_has_had_enough_keeps_nobody_from_the_database() -> None:
    attempt = {"who": "anna", "address": "192.0.2.7"}
    allowed = PASSWORD.by_one_address_for_one
    assert [refused(PASSWORD, **attempt) for _ in range(allowed + 1)] == [False] * allowed + [True]
    with CaptureQueriesContext(connection) as asked:
        assert refused(PASSWORD, **attempt)
    assert asked.captured_queries
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert CountedAttempt.objects.count() == allowed
