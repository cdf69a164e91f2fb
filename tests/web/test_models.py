"""What holds of every model of the server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from django.apps import apps

from kafedra.web.record.names import name_of


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    """In a process of its own: these tests make their tables from the models, journeys from the migrations."""
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    own = {"DJANGO_SETTINGS_MODULE": "kafedra.web.config.settings", "KAFEDRA_DATA": str(tmp_path)}
    done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_two_models_are_recorded_under_one_name() -> None:
    known = Counter(name_of(model) for model in apps.get_models() if model.__module__.startswith("kafedra."))
    assert [name for name, times in known.items() if times > 1] == []
