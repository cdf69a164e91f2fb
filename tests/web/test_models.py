"""What holds of every model of the server."""

from __future__ import annotations

from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command

from kafedra.web.record.names import name_of


@pytest.mark.django_db
def test_the_migrations_make_the_tables_of_the_models() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_no_two_models_are_recorded_under_one_name() -> None:
    known = Counter(name_of(model) for model in apps.get_models() if model.__module__.startswith("kafedra."))
    assert [name for name, times in known.items() if times > 1] == []
