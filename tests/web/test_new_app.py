"""A new app docks without a line in any other app: seen with one that is installed for this test alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Its own tests, and those of all rooms for its part.
WHERE = [
    "tests/web/colloquium/inside.py",
    "tests/web/test_permissions.py::test_every_address_has_its_rules",
    "tests/web/test_permissions.py::test_each_role_gets_what_it_may[colloquium:talks]",
    "tests/web/test_every_write_is_recorded.py::test_every_service_has_its_case",
    "tests/web/test_every_write_is_recorded.py::test_a_write_leaves_a_line[tests.web.colloquium.app.services.hold]",
]


def test_a_new_app_is_seen_everywhere_and_known_nowhere() -> None:
    options = ["-q", "-p", "no:cacheprovider", "-n", "0", "--ds=tests.web.colloquium.settings"]
    command = [sys.executable, "-m", "pytest", "--migrations", *options, *WHERE]
    told = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO", "KAFEDRA"))}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
