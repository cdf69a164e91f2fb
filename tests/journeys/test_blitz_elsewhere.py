"""A blitz where courses run it: on PostgreSQL, and behind nginx as the operator's page sets it up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.blitz.proxy import nginx
from tests.journeys import postgresql

pytestmark = pytest.mark.timeout(600)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def database() -> Iterator[list[str]]:
    if not postgresql.INSTALLED:
        pytest.skip("PostgreSQL is not installed")
    with postgresql.cluster() as url:
        yield ["--database", url]


@pytest.fixture
def proxy() -> list[str]:
    if nginx() is None:
        pytest.skip("nginx is not installed")
    return ["--nginx"]


def played(*options: str) -> dict[str, int]:
    """A whole blitz of nine phones, three of them losing their connection and all of them their server once."""
    few = ["--phones", "9", "--within", "0.3", "--killed", "1", "--json"]
    command = [sys.executable, "-m", "benchmarks.blitz", *few, *options]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KAFEDRA_", "DJANGO_"))}
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=500, check=False)
    assert done.stdout, done.stderr
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "refused": "refused" in done.stdout}


def test_on_postgresql_no_answer_is_lost_or_counted_twice(database: list[str]) -> None:
    found = played(*database)
    assert (found["phones"], found["lost"], found["doubled"]) == (9, 0, 0)
    assert not found["refused"], "a page found no connection to the database"


def test_behind_nginx_the_wall_follows_at_once(proxy: list[str]) -> None:
    found = played(*proxy)
    assert (found["phones"], found["lost"], found["doubled"]) == (9, 0, 0)
    assert found["histogram_p95_ms"] < 10_000  # a proxy that buffered would keep it until the stream ends
