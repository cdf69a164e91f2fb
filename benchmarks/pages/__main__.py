"""Server time and queries of the pages that list everybody: `python -m benchmarks.pages [--profile PAGE]`."""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import tempfile
from datetime import UTC, datetime
from statistics import median
from time import process_time
from typing import Any

ROUNDS = 7
LIMIT_MS = 300
PAGES = {
    "gradebook": "/2023/gradebook/",
    "gradebook, filtered": "/2023/gradebook/?q=ахм",
    "gradebook, CSV": "/2023/gradebook/export.csv",
    "gradebook, XLSX": "/2023/gradebook/export.xlsx",
    "people": "/2023/people/",
    "people, XLSX": "/2023/people/export.xlsx",
    "record": "/2023/record/",
    "extensions": "/2023/adjustments/",
    "terms": "/2023/terms/",
    "reviews": "/2023/reviews/",
    "overview": "/2023/gradebook/overview/",
}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    options.add_argument("--students", type=int, default=300)
    options.add_argument("--submissions", type=int, default=5)
    options.add_argument("--profile", choices=PAGES, help="where the time of this page goes")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kafedra-pages-") as folder:
        os.environ |= {"KAFEDRA_DATA": folder, "KAFEDRA_COURSE": os.environ.get("KAFEDRA_COURSE", "course")}
        os.environ["DJANGO_SETTINGS_MODULE"] = "kafedra.web.config.settings"
        _measure(chosen)


def _measure(chosen: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    from benchmarks.pages.crowd import crowd
    from kafedra.web import clock
    from kafedra.web.people.members.services.belonging import join
    from kafedra.web.people.models import Role
    from kafedra.web.people.services import create_user
    from kafedra.web.runs.models import Run
    from kafedra.web.runs.services import ensure_runs

    setup_test_environment()
    call_command("migrate", verbosity=0)
    ensure_runs()
    run = Run.objects.get(slug="2023")
    instructor = create_user(username="instructor", display_name="Instructor")
    join(user=instructor, run=run, role=Role.INSTRUCTOR)
    moment = datetime(2023, 2, 20, 12, tzinfo=UTC)
    with clock.shifted(moment - datetime.now(UTC)):
        crowd(run, chosen.students, chosen.submissions, moment)
        client = Client(headers={"accept-language": "ru", "host": "127.0.0.1"})
        client.force_login(instructor)
        if chosen.profile:
            _profile(client, PAGES[chosen.profile])
        else:
            _table(client, chosen.students)


def _table(client: Any, students: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    print(f"{students} students; median of {ROUNDS}; the limit is {LIMIT_MS} ms of processor time on the server\n")
    print(f"{'page':<22}{'ms':>8}{'queries':>10}{'kB':>8}")
    for name, address in PAGES.items():
        if client.get(address).status_code != 200:
            continue
        times = []
        for _ in range(ROUNDS):
            started = process_time()
            response = client.get(address)
            times.append(process_time() - started)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        slow = "  over the limit" if median(times) * 1000 > LIMIT_MS else ""
        print(f"{name:<22}{median(times) * 1000:>8.0f}{len(queries):>10}{len(response.content) // 1024:>8}{slow}")


def _profile(client: Any, address: str) -> None:
    client.get(address)
    profile = cProfile.Profile()
    profile.runcall(client.get, address)
    pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
